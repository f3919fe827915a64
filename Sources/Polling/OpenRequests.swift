/// How many requests of an account are open, and how many may be.
struct OpenRequests: Sendable {
    private let limit: Int
    private var lists = 0
    private var others = 0

    /// - Parameter limit: 1 or more.
    init(limit: Int) { self.limit = max(1, limit) }

    /// Whether one more may be sent.
    var hasRoom: Bool { lists + others < limit }

    /// Whether one more may be sent that is a part of reading all lists. Half of the room is left to polls, which a
    /// list that hangs must not hold up.
    var hasRoomForList: Bool { hasRoom && lists < max(1, limit / 2) }

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
        case .backups, .schedules, .restores, .addonStates: false
        }
    }
}

extension Account.Answer {
    fileprivate var isPartOfLists: Bool {
        switch self {
        case .projects, .addons: true
        case .backups, .schedules, .restores, .addonStates: false
        }
    }
}
