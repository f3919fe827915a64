package import Backups

/// How much a state matters: the colour that `status` and the pages give it, which their words repeat.
package enum Tone: Sendable {
    case bad
    case odd
    /// No knowledge is not a bad state.
    case unknown
    case quiet
    case good

    /// - Parameter state: a state by its label; one of another version is unknown.
    package init(_ state: String) {
        self =
            switch HealthState.named(state) {
            case .never, .gone, .failing, .stuck, .late: .bad
            case .suspect, .unprotected: .odd
            case .waived, .paused: .quiet
            case .ok: .good
            case .unknown, nil: .unknown
            }
    }
}

extension HealthState {
    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    /// The state of a name; nil for one of another version. Looks it up once, where `init(rawValue:)` compares it with every
    /// state, a thousand times for a page.
    package static func named(_ name: String) -> HealthState? { byName[name] }
}
