/// The number of an account's open requests, and its limit.
struct OpenRequests: Sendable {
    private let limit: Int
    private var lists = 0
    private var others = 0

    /// - Parameter limit: 1 or more.
    init(limit: Int) { self.limit = max(1, limit) }

    /// Whether one more request may be sent.
    var hasRoom: Bool { lists + others < limit }

    /// Whether one more request of a reading of all lists may be sent. A quarter of the limit is left to polls, so that
    /// lists that hang cannot delay them; at least one request, unless the limit is one.
    var hasRoomForList: Bool { hasRoom && lists < max(1, limit - max(1, limit / 4)) }

    mutating func began(_ request: Account.Request) {
        if request.isPartOfLists { lists += 1 } else { others += 1 }
    }

    mutating func ended(_ answer: Account.Answer) {
        if answer.isPartOfLists { lists -= 1 } else { others -= 1 }
    }
}

extension Account.Request {
    fileprivate var isPartOfLists: Bool {
        switch self {
        case .projects, .addons: true
        case .backups, .schedules, .restores, .addonStates, .auth: false
        }
    }
}

extension Account.Answer {
    /// Whether it answers a part of reading all lists.
    var isPartOfLists: Bool {
        switch self {
        case .projects, .addons: true
        case .backups, .schedules, .restores, .addonStates, .auth: false
        }
    }
}
