/// What a generator does to the world.
enum IncidentKind: String, CaseIterable {
    // To one addon.
    case failure, failures, hang, overtaken, missed, stopped, never
    case shrunk
    case shrunkLong = "shrunk-long"
    case levelled
    case empty
    case emptyLong = "empty-long"
    case removed, deleted, forgotten, anew, renamed, unscheduled, rescheduled
    case rescheduledLate = "rescheduled-late"
    case retention, shallow, paused, future, unreadable, bare
    // To all.
    case outage
    case longOutage = "long-outage"
    case partial, refused
    case clockAhead = "clock-ahead"
    case clockBehind = "clock-behind"
    case restart, kill, downtime

    var isFleetWide: Bool {
        switch self {
        case .outage, .longOutage, .partial, .refused, .clockAhead, .clockBehind, .restart, .kill, .downtime: true
        default: false
        }
    }

    /// For people.
    var summary: String {
        switch self {
        case .failure: "one attempt fails"
        case .failures: "several attempts in a row fail"
        case .hang: "a backup does not end, and none starts meanwhile"
        case .overtaken: "a backup does not end, others do"
        case .missed: "1 to 3 slots without an attempt"
        case .stopped: "no attempt for several times the objective"
        case .never: "a new addon whose first backups fail or do not start"
        case .shrunk: "1 to 3 dumps of a tenth of the size"
        case .shrunkLong: "dumps of less than a hundredth, more than the band's window"
        case .levelled: "dumps of a fifth, more than the band's window"
        case .empty: "1 to 3 dumps without bytes"
        case .emptyLong: "dumps without bytes, more than the band's window"
        case .removed: "completed backups are deleted early"
        case .deleted: "an addon is deleted and returns with its uid"
        case .forgotten: "an addon is deleted for longer than gone_for"
        case .anew: "an addon is deleted and made anew with another uid"
        case .renamed: "another display name"
        case .unscheduled: "all schedules are deleted, and made anew days later"
        case .rescheduled: "a schedule is deleted and made anew at another time"
        case .rescheduledLate: "the same while its backups are late"
        case .retention: "a lower retention"
        case .shallow: "a retention shorter than the gap between slots"
        case .paused: "a pause"
        case .future: "an entry dated in the future"
        case .unreadable: "an entry that cannot be read"
        case .bare: "neither schedule nor max_age"
        case .outage: "the API does not answer for minutes"
        case .longOutage: "the API does not answer for hours"
        case .partial: "empty or cut off lists, and 500 for one addon"
        case .refused: "429"
        case .clockAhead: "the exporter's clock is hours ahead"
        case .clockBehind: "the exporter's clock is hours behind"
        case .restart: "the exporter restarts"
        case .kill: "the exporter is killed and restarts"
        case .downtime: "the exporter is down for a day"
        }
    }
}
