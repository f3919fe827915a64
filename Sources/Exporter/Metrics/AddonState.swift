package import Backups

/// What is known of one addon: its last good data, and whether the last collection worked.
package struct AddonState: Equatable, Sendable {
    package let key: AddonKey
    package var names: AddonNames
    /// Whether the last collection worked; nil before the first has ended.
    package var isUp: Bool?
    /// The end of the last collection that worked.
    package var lastObserved: Timestamp?
    /// From the last collection that worked; nil before it.
    package var summary: BackupSummary?

    package init(key: AddonKey, names: AddonNames? = nil) {
        self.key = key
        self.names = names ?? AddonNames(key: key)
    }
}

/// What people call an addon.
package struct AddonNames: Equatable, Sendable {
    package var project: String
    package var addon: String
    /// `postgresql` and so on; `unknown` until the lists have been read.
    package var type: String

    package init(project: String, addon: String, type: String) {
        self.project = project
        self.addon = addon
        self.type = type
    }

    /// The ids, for as long as nothing better is known.
    init(key: AddonKey) {
        self.init(project: key.project, addon: key.addon, type: "unknown")
    }
}
