/// The truth: the whole fleet at one instant.
extension Simulator {
    /// The values with which another program computes exactly the same time.
    func clockBody() -> [UInt8] {
        let body: JSONValue = [
            "realSeconds": .double(clock.start), "virtualSeconds": .double(clock.virtualStart),
            "scale": .double(clock.scale),
        ]
        return body.bytes
    }

    func truthBody() -> [UInt8] {
        let now = now()
        var bytes: [UInt8] = []
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("now", Timestamp.text(seconds: now), first: true)
        bytes.append(text: ",\"nowSeconds\":\(now),\"seed\":\(options.seed)")
        bytes.append(text: ",\"timeScale\":\(options.timeScale)")
        bytes.append(text: ",\"virtualClock\":\(options.virtualClock)")
        bytes.appendField("team", json: options.team.map { .string($0) } ?? .null)
        bytes.append(text: ",\"projects\":")
        bytes.appendList(truth(at: now)) { $1.writeTruth(to: &$0) }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}

extension SimulatedProject {
    fileprivate func writeTruth(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("id", id, first: true)
        bytes.appendField("name", name)
        bytes.appendField("description", description)
        bytes.append(text: ",\"addons\":")
        bytes.appendList(addons) { $1.writeTruth(to: &$0) }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension SimulatedAddon {
    fileprivate func writeTruth(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("id", id, first: true)
        bytes.appendField("name", name)
        bytes.appendField("type", type)
        bytes.appendField("status", status)
        bytes.appendField("version", version)
        bytes.append(text: ",\"storageMegabytes\":\(storageMegabytes)")
        bytes.appendField("createdAt", createdAt)
        bytes.appendField("personality", personality)
        bytes.append(text: ",\"schedules\":")
        bytes.appendList(schedules) { $1.write(to: &$0) }
        bytes.append(text: ",\"backups\":")
        bytes.appendList(backups) { $1.write(to: &$0) }
        bytes.append(text: ",\"restores\":")
        bytes.appendList(restores) { $1.write(to: &$0) }
        bytes.append(UInt8(ascii: "}"))
    }
}
