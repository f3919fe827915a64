/// How much of an addon's list of backups is read.
package enum Depth: Equatable, Sendable {
    /// The newest page, and further ones until the first one with a known backup.
    case newest
    /// All pages, so that deletions are seen.
    case whole
}
