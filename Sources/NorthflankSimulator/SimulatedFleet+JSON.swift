/// The JSON of the API, one function for each kind of object.
extension SimulatedProject {
    func write(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("id", id, first: true)
        bytes.appendField("name", name)
        bytes.appendField("description", description)
        bytes.append(UInt8(ascii: "}"))
    }
}

extension SimulatedAddon {
    /// Appends the addon as in a list, or with the details of the endpoint for a single addon.
    func write(to bytes: inout [UInt8], project: String, detailed: Bool) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("id", id, first: true)
        bytes.appendField("name", name)
        bytes.appendField("appId", "/\(project)/\(id)")
        bytes.append(text: ",\"tags\":")
        JSONValue.array(tags.map(JSONValue.string)).write(to: &bytes)
        if detailed {
            bytes.appendField("createdAt", createdAt)
        }
        bytes.append(text: ",\"spec\":{")
        bytes.appendField("type", type, first: true)
        if detailed {
            bytes.append(text: ",\"config\":{")
            bytes.appendField("versionTag", version, first: true)
            bytes.append(text: ",\"deployment\":{\"storageSize\":\(storageMegabytes)}}")
        }
        bytes.append(UInt8(ascii: "}"))
        bytes.appendField("status", status)
        bytes.append(UInt8(ascii: "}"))
    }
}

extension SimulatedBackup {
    func write(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("id", id, first: true)
        bytes.appendField("name", name)
        if let uid { bytes.appendField("uid", uid) }
        bytes.appendField("status", status)
        bytes.appendField("createdAt", json: createdAt)
        bytes.appendField("completedAt", json: completedAt)
        bytes.append(text: ",\"config\":")
        writeConfig(to: &bytes)
        for member in extra {
            bytes.append(UInt8(ascii: ","))
            bytes.append(jsonString: member.name)
            bytes.append(UInt8(ascii: ":"))
            member.value.write(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private func writeConfig(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var first = true
        if let source {
            bytes.append(text: "\"source\":{")
            bytes.appendField("type", source, first: true)
            bytes.append(UInt8(ascii: "}"))
            first = false
        }
        if let size {
            bytes.appendField("size", json: size, first: first)
            first = false
        }
        if let addonVersion {
            bytes.appendField("addonVersion", addonVersion, first: first)
            first = false
        }
        if let compressionType {
            bytes.appendField("compressionType", compressionType, first: first)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension SimulatedSchedule {
    func write(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("id", id, first: true)
        bytes.appendField("backupType", backupType)
        bytes.append(text: ",\"scheduling\":{")
        bytes.appendField("interval", interval, first: true)
        bytes.append(text: ",\"minute\":\(minute),\"hour\":\(hour),\"day\":\(day)}")
        bytes.append(text: ",\"retentionTime\":\(retentionDays)")
        bytes.appendField("createdAt", createdAt)
        bytes.appendField("updatedAt", createdAt)
        bytes.append(UInt8(ascii: "}"))
    }
}

extension SimulatedRestore {
    func write(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendField("id", id, first: true)
        bytes.appendField("status", status)
        bytes.appendField("restoreTimestamp", restoreTimestamp)
        if let completedAt { bytes.appendField("completedAt", completedAt) }
        bytes.appendField("backupId", backupId)
        bytes.append(UInt8(ascii: "}"))
    }
}
