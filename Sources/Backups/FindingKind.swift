/// The kind of a finding, without its details. Kinds hold independently of each other. The raw value is the label
/// `finding`.
package enum FindingKind: String, CaseIterable, Sendable {
    case neverCompleted = "never-completed"
    case gone
    case attemptFailed = "attempt-failed"
    case unfinished
    case slotsMissed = "slots-missed"
    case tooOld = "too-old"
    case empty
    case oddSize = "odd-size"
    case removedEarly = "removed-early"
    case futureDated = "future-dated"
    case tooFew = "too-few"
    case tooShallow = "too-shallow"
    case restoreOverdue = "restore-overdue"
    case notSinceUpgrade = "not-since-upgrade"
    case noObjective = "no-objective"
    case notObserved = "not-observed"
    case unreadable
}

extension Finding {
    /// Nil for a pause, because a pause is not a fault.
    package var kind: FindingKind? {
        switch self {
        case .neverCompleted: .neverCompleted
        case .attemptFailed: .attemptFailed
        case .unfinished: .unfinished
        case .slotsMissed: .slotsMissed
        case .tooOld: .tooOld
        case .empty: .empty
        case .oddSize: .oddSize
        case .removedEarly: .removedEarly
        case .gone: .gone
        case .futureDated: .futureDated
        case .tooFew: .tooFew
        case .tooShallow, .tooShort: .tooShallow
        case .restoreOverdue, .restoresUnreadable: .restoreOverdue
        case .notSinceUpgrade: .notSinceUpgrade
        case .noObjective, .schedulesForbidden, .scheduleNotUnderstood: .noObjective
        case .unreadable, .cut: .unreadable
        case .notObserved: .notObserved
        case .paused: nil
        }
    }
}
