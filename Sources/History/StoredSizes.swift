import Backups

/// The stored form of the largest sizes: a part for each type, such as `1,-9223372036854775808,5368709120,1073741824`: the
/// type, since when sizes count, the largest size, and the level.
enum StoredSizes {
    static func encode(_ sizes: ByType<SizeMemory>) -> String {
        sizes.map { "\($0.type.rawValue),\($0.value.since.milliseconds),\($0.value.largest),\($0.value.level)" }
            .joined(separator: ";")
    }

    /// Leaves out parts that cannot be read.
    static func decode(_ text: String) -> ByType<SizeMemory> {
        var sizes: ByType<SizeMemory> = [:]
        for part in text.split(separator: ";") {
            let numbers = part.split(separator: ",").compactMap { Int64($0) }
            guard numbers.count == 4, let type = BackupType(rawValue: UInt8(clamping: numbers[0])) else { continue }
            sizes[type] = SizeMemory(
                since: Timestamp(milliseconds: numbers[1]), largest: max(0, numbers[2]), level: max(0, numbers[3]))
        }
        return sizes
    }
}

/// The stored form of the longest gaps of former schedules: a type and seconds, such as `1,604800;0,3600`.
enum StoredGaps {
    static func encode(_ gaps: ByType<Duration>) -> String {
        gaps.map { "\($0.type.rawValue),\($0.value.components.seconds)" }.joined(separator: ";")
    }

    /// Leaves out parts that cannot be read.
    static func decode(_ text: String) -> ByType<Duration> {
        var gaps: ByType<Duration> = [:]
        for part in text.split(separator: ";") {
            let numbers = part.split(separator: ",").compactMap { Int64($0) }
            guard numbers.count == 2, let type = BackupType(rawValue: UInt8(clamping: numbers[0])), numbers[1] > 0,
                numbers[1] < 366 * 86_400
            else { continue }
            gaps[type] = .seconds(numbers[1])
        }
        return gaps
    }
}
