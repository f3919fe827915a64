import Backups

/// The stored form of removals: parts of numbers, such as `c,1,29;l,1,1767225600000,29,1,86400,2505600,2592000`.
///
/// `c` is a type and its count. `l` is the last removal of a type: when, how many, how many were left, and in seconds the
/// shortest and the longest time before the end and the retention. `s` is a suspect: type, creation, and when it was
/// missed.
enum StoredRemovals {
    static func encode(_ removals: Removals) -> String {
        var parts: [String] = []
        for (type, count) in removals.counts { parts.append("c,\(type.rawValue),\(count)") }
        for (type, last) in removals.last {
            let seconds = [last.early.lowerBound, last.early.upperBound, last.retention].map(\.components.seconds)
            let numbers = [last.at.milliseconds, Int64(last.removed), Int64(last.left)] + seconds
            parts.append("l,\(type.rawValue),\(numbers.map(String.init).joined(separator: ","))")
        }
        for suspect in removals.suspects {
            parts.append(
                "s,\(suspect.type.rawValue),\(suspect.createdAt.milliseconds),\(suspect.missedAt.milliseconds)")
        }
        return parts.joined(separator: ";")
    }

    /// Leaves out parts that cannot be read.
    static func decode(_ text: String) -> Removals {
        var removals = Removals()
        for part in text.split(separator: ";") {
            let fields = part.split(separator: ",")
            let numbers = fields.dropFirst().compactMap { Int64($0) }
            guard numbers.count == fields.count - 1, let first = numbers.first,
                let type = BackupType(rawValue: UInt8(clamping: first))
            else { continue }
            switch (fields[0], numbers.count) {
            case ("c", 2): removals.counts[type] = StoredNumbers.count(numbers[1])
            case ("l", 7) where numbers[4] <= numbers[5]:
                removals.last[type] = Removals.Removal(
                    at: Timestamp(milliseconds: numbers[1]), removed: StoredNumbers.count(numbers[2]),
                    left: StoredNumbers.count(numbers[3]), early: .seconds(numbers[4]) ... .seconds(numbers[5]),
                    retention: .seconds(numbers[6]))
            case ("s", 3):
                removals.suspects.append(
                    Removals.Suspect(
                        type: type, createdAt: Timestamp(milliseconds: numbers[1]),
                        missedAt: Timestamp(milliseconds: numbers[2])))
            default: break
            }
        }
        return removals
    }
}
