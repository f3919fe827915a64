import Backups

/// What is printed while the world goes on.
extension Watcher {
    /// - Parameter addon: nil for the whole fleet.
    func log(_ addon: Int?, _ time: Seconds, _ text: @autoclosure () -> String) {
        guard let log, addon == nil || log.addon == nil || log.addon == addon else { return }
        print("\(time.instant.text) \(addon.map { world.stories[$0].id } ?? "fleet"): \(text())")
    }

    mutating func logChange(_ addon: Int, _ findings: [Finding], _ time: Seconds) {
        guard log != nil else { return }
        let names = findings.map { finding in
            [finding.kind?.rawValue ?? "paused", finding.type?.word].compactMap(\.self).joined(separator: " ")
        }
        let text = names.isEmpty ? "nothing" : names.joined(separator: ", ")
        guard text != shown[addon] else { return }
        shown[addon] = text
        log(addon, time, "    shows \(text)")
    }

    func logIncidents(_ addon: Int, _ before: Seconds, _ time: Seconds) {
        for incident in world.stories[addon].incidents {
            for (at, word) in [(incident.begin, "begins"), (incident.end, "is over")] where before < at && at <= time {
                log(addon, at, "INCIDENT \(incident.kind.rawValue) \(word)")
            }
        }
        for one in world.expectations[addon] where before < one.knowableFrom && one.knowableFrom <= time {
            guard one.knowableFrom < one.mustUntil else { continue }
            let until = one.mustUntil.isFinite ? one.mustUntil.instant.text : "the end"
            log(addon, one.knowableFrom, "  expects \(one.kind) \(one.type?.word ?? "") until \(until)")
        }
    }
}

extension BackupType {
    var word: String {
        switch self {
        case .dump: "dump"
        case .snapshot: "snapshot"
        default: "other"
        }
    }
}
