package import Backups

/// The purpose of a request.
package enum RequestPurpose: Hashable, CaseIterable, Sendable {
    /// The list of an addon's backups.
    case poll(PollReason)
    /// The lists of projects and addons.
    case lists
    /// A project's list of addons, for the states of the addons: a reading by the sentinel.
    case addonStates
    case schedules
    case restores
    /// What the API says about the token.
    case auth

    /// In the order of the page.
    package static let allCases: [RequestPurpose] =
        PollReason.allCases.map(RequestPurpose.poll) + [.lists, .addonStates, .schedules, .restores, .auth]

    /// The value of the label `reason`.
    package var label: String {
        switch self {
        case .poll(let reason): reason.rawValue
        case .lists: "lists"
        case .addonStates: "addon_states"
        case .schedules: "schedules"
        case .restores: "restores"
        case .auth: "auth"
        }
    }
}
