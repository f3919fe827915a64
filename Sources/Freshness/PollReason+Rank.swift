import Backups

extension PollReason {
    /// The better reason has the lower rank.
    var rank: Int {
        switch self {
        case .new: 0
        case .webhook: 1
        case .sentinel: 2
        case .slot: 3
        case .sweep: 4
        }
    }

    /// Whether it names an addon with a change to be seen.
    var isUrgent: Bool {
        switch self {
        case .new, .sweep: false
        case .webhook, .sentinel, .slot: true
        }
    }
}
