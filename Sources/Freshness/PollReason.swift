/// Why an addon is polled.
package enum PollReason: String, CaseIterable, Sendable {
    /// It was never observed.
    case new
    /// A webhook told of one of its backups.
    case webhook
    /// It entered or left the states `backup` and `restore`, by the list of its project's addons.
    case sentinel
    /// One of its backups should have ended by now.
    case slot
    /// It is its turn in the round over all addons.
    case sweep
}

/// How much of an addon's list of backups is read.
package enum Depth: Equatable, Sendable {
    /// The newest page, and further ones only until something known turns up.
    case newest
    /// All pages, so that deletions are seen.
    case whole
}
