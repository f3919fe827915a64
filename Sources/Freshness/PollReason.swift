/// Why an addon is polled.
package enum PollReason: String, CaseIterable, Sendable {
    /// No poll of it has worked yet.
    case new
    /// A webhook reported the start or the end of one of its backups.
    case webhook
    /// It entered or left the states `backup` and `restore`, by the list of its project's addons.
    case sentinel
    /// One of its backups should have ended by now.
    case slot
    /// It was polled longest ago.
    case sweep

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

/// How much of an addon's list of backups is read.
package enum Depth: Equatable, Sendable {
    /// The newest page, and further ones until the first one with a known backup.
    case newest
    /// All pages, so that deletions are seen.
    case whole
}
