/// Which addons of the lists are watched, and how often the lists are read.
package struct DiscoveryConfiguration: Equatable, Sendable {
    package var enabled = false
    /// Between two readings of the lists of projects and addons; longer if the budget requires it.
    package var interval = Duration.seconds(600)
    /// How long a discovered addon that is gone is shown.
    package var goneFor = Duration.seconds(7 * 86_400)
    package var projects = GlobFilter()
    package var addons = GlobFilter()
    /// Addon types to watch, nil for all.
    package var types: [String]?
    /// At least one tag of an addon must be included, and none excluded; an addon without tags is included by `*` alone.
    package var tags = GlobFilter()

    package init() {}

    /// Whether to watch a listed addon.
    package func wants(project: String, addon: String, type: String, tags own: [String]) -> Bool {
        projects.matches(project) && addons.matches(project: project, addon: addon) && (types?.contains(type) ?? true)
            && tags.matches(tags: own)
    }
}
