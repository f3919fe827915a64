/// What came of the request to stop missing an addon.
package enum Forgetting: Sendable {
    case forgotten
    /// The addon is there, or not known.
    case notGone
    /// The configuration names the addon.
    case configured
}
