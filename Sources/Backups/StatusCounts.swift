/// A number for each status, terminal or not; up to four billion.
package struct StatusCounts: Sendable {
    private var counts: InlineArray<8, UInt32> = .init(repeating: 0)

    package init() {}

    package init(_ statuses: some Sequence<BackupStatus>) {
        for status in statuses { self[status: status] += 1 }
    }

    package subscript(status status: BackupStatus) -> Int {
        get { Int(counts[Int(status.rawValue)]) }
        set { counts[Int(status.rawValue)] = UInt32(clamping: newValue) }
    }
}

extension StatusCounts: Equatable {
    package static func == (lhs: Self, rhs: Self) -> Bool {
        BackupStatus.allCases.allSatisfy { lhs[status: $0] == rhs[status: $0] }
    }
}
