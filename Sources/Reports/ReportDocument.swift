import Backups

/// A report as JSON has it: times RFC 3339 in UTC, durations in seconds.
struct ReportDocument: Codable, Equatable {
    struct Account: Codable, Equatable {
        var account: String
        var timeZone: String
    }

    struct Span: Codable, Equatable {
        var from: String
        var to: String
    }

    struct Slots: Codable, Equatable {
        var due: Int
        var kept: Int
        var failed: Int
        var missed: Int
        var notJudged: Int
        var inMaintenanceWindows: Int
    }

    struct Policy: Codable, Equatable {
        @OrNull var policy: String?
        var databases: Int
        var judged: Int
        var protected: Int
        var slots: Slots
        @OrNull var lowestWithinObjectiveRatio: Double?
    }

    struct Point: Codable, Equatable {
        @OrNull var p50Seconds: Int64?
        @OrNull var p95Seconds: Int64?
        @OrNull var worstSeconds: Int64?
        @OrNull var worstEndedAt: String?
        /// The time in which no backup was restorable.
        var withoutSeconds: Int64
    }

    struct Breach: Codable, Equatable {
        @OrNull var type: String?
        var ageSeconds: Int64
        var limitSeconds: Int64
        @OrNull var endedAt: String?
    }

    struct Restores: Codable, Equatable {
        @OrNull var lastAt: String?
        @OrNull var provenAgeSeconds: Int64?
        @OrNull var longestGapSeconds: Int64?
        @OrNull var limitSeconds: Int64?
        @OrNull var overdueSince: String?
    }

    struct Waiver: Codable, Equatable {
        var owner: String
        var reason: String
        var from: String
        var until: String
        var ended: String
    }

    struct Addon: Codable, Equatable {
        var account: String
        var project: String
        var addon: String
        var type: String
        var tags: [String]
        @OrNull var policy: String?
        @OrNull var owner: String?
        var watchedSince: String
        var observedSeconds: Int64
        var unobserved: [Span]
        @OrNull var protected: Bool?
        @OrNull var notJudgedReason: String?
        @OrNull var failure: String?
        var slots: Slots
        var slotsByType: [String: Slots]
        @OrNull var withinObjectiveRatio: Double?
        var withinObjectiveSeconds: Int64
        var outsideObjectiveSeconds: Int64
        @OrNull var recoveryPoint: Point?
        @OrNull var worstBreach: Breach?
        var restorablePoints: Int
        @OrNull var oldestPointAgeSeconds: Int64?
        var removedEarly: Int
        var restores: Restores
        var waivers: [Waiver]
        var pauses: [Span]
        @OrNull var goneSince: String?
    }

    var from: String
    var to: String
    var generatedAt: String
    var version: String
    var accounts: [Account]
    var databases: Int
    var judged: Int
    var protected: Int
    var unobserved: [Span]
    var slots: Slots
    var policies: [Policy]
    var addons: [Addon]
}
