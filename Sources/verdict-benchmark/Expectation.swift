import Backups

/// A finding that the exporter must have, from when to when.
struct Expectation {
    /// The kind of observation that shows the fault, and its end.
    enum Source {
        /// A poll of the addon's backups.
        case poll
        /// A reading of its schedules.
        case schedules
        /// A complete reading of the lists of projects and addons.
        case lists
    }

    /// The raw value of a `FindingKind`: a kind that the exporter does not have yet can be expected.
    var kind: String
    /// Nil for any.
    var type: BackupType?
    /// No earlier than this.
    var mayFrom: Seconds
    /// The first observation after this can show it.
    var knowableFrom: Seconds
    /// Observations until then must show it.
    var mustUntil: Seconds
    /// Observations after this must not show it.
    var mayUntil: Seconds
    /// How long it must hold once it was told; nil for as long as the fault lasts.
    var holds: Seconds?
    var source = Source.poll
    /// The slot without which it would not be: it must be told when the schedules were read after it, or an hour after
    /// the first poll that could have shown it (R26, R40).
    var slot: Seconds?
    /// The number of the incident that it belongs to.
    var incident = -1

    // What the exporter did.
    /// Observations since it could be known.
    var observations = 0
    /// The first of them.
    var firstObserved: Seconds?
    /// Those in which it must hold.
    var binding = 0
    /// Observations since it may not hold any more.
    var later = 0
    var told: Seconds?
    /// The number of observations until it was told, the first counts 1.
    var toldAfter = 0
    /// When it ended though the fault lasted.
    var lapsed: Seconds?
    var isLate = false
    var isShown = false

    init(
        _ kind: FindingKind, type: BackupType? = nil, mayFrom: Seconds, knowableFrom: Seconds? = nil,
        mustUntil: Seconds, mayUntil: Seconds? = nil
    ) {
        self.init(
            named: kind.rawValue, type: type, mayFrom: mayFrom, knowableFrom: knowableFrom, mustUntil: mustUntil,
            mayUntil: mayUntil)
    }

    init(
        named kind: String, type: BackupType? = nil, mayFrom: Seconds, knowableFrom: Seconds? = nil,
        mustUntil: Seconds, mayUntil: Seconds? = nil
    ) {
        self.kind = kind
        self.type = type
        self.mayFrom = mayFrom
        self.knowableFrom = knowableFrom ?? mayFrom
        self.mustUntil = mustUntil
        self.mayUntil = mayUntil ?? mustUntil
    }

    /// Whether the exporter had the chance to tell it, and has to.
    var isRequired: Bool { binding >= 2 }
    var isMissed: Bool { isRequired && told == nil }
    /// Whether time alone makes it, so that a wrong clock must not.
    var isMadeByTime: Bool {
        ["never-completed", "removed-early", "slots-missed", "too-old", "unfinished"].contains(kind)
    }

    func covers(_ kind: String, _ type: BackupType?) -> Bool {
        self.kind == kind && (self.type == nil || type == nil || self.type == type)
    }
}
