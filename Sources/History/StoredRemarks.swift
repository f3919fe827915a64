import Backups

/// The stored form of the remarks about a list of backups; nil if there is nothing to remark.
///
/// Numbers, in this order: entries that cannot be read, scheduled backups without a creation, 1 if all of these are on
/// the first page, minutes by which the server's clock is ahead, and, if the list is too long, the entries that were
/// read. The first unreadable value is stored beside them.
enum StoredRemarks {
    static func encode(_ remarks: ListRemarks) -> String? {
        if remarks == ListRemarks() { return nil }
        return StoredNumbers.encode(
            [
                remarks.unreadable?.entries ?? 0, remarks.undatedScheduled, remarks.isOnFirstPage ? 1 : 0,
                Int(remarks.clockAhead.components.seconds / 60),
            ] + [remarks.cutAfter].compactMap(\.self))
    }

    static func decode(_ stored: String, field: String, found: String) -> ListRemarks {
        let numbers = StoredNumbers.decode(stored)
        func count(_ index: Int) -> Int? {
            numbers.indices.contains(index) ? StoredNumbers.count(Int64(numbers[index])) : nil
        }
        let entries = count(0) ?? 0
        let minutes = numbers.indices.contains(3) ? min(max(numbers[3], -mostMinutes), mostMinutes) : 0
        return ListRemarks(
            unreadable: entries > 0 ? Unreadable(entries: entries, field: field, found: found) : nil,
            undatedScheduled: count(1) ?? 0, cutAfter: count(4), isOnFirstPage: count(2) != 0,
            clockAhead: .seconds(60) * minutes)
    }

    /// More than a century, so that times of day with it stay in range.
    private static let mostMinutes = 1 << 26
}
