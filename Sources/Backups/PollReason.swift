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
}
