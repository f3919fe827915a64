/// What a finding is about, without its details: each can hold or not, whatever else holds. The raw value is the
/// label `finding`.
package enum FindingKind: String, CaseIterable, Sendable {
    case neverCompleted = "never-completed"
    case attemptFailed = "attempt-failed"
    case unfinished
    case slotsMissed = "slots-missed"
    case tooOld = "too-old"
    case empty
    case oddSize = "odd-size"
    case noObjective = "no-objective"
    case notObserved = "not-observed"
}

extension Finding {
    /// Nil for a pause, which is nothing wrong.
    package var kind: FindingKind? {
        switch self {
        case .neverCompleted: .neverCompleted
        case .attemptFailed: .attemptFailed
        case .unfinished: .unfinished
        case .slotsMissed: .slotsMissed
        case .tooOld: .tooOld
        case .empty: .empty
        case .oddSize: .oddSize
        case .noObjective: .noObjective
        case .notObserved: .notObserved
        case .paused: nil
        }
    }
}
