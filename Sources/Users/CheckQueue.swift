/// Which passwords are known, which are computed, and which wait. Pure; the passwords themselves are in `Check` alone.
struct CheckQueue<Waiter> {
    /// A comparison of a password with a hash.
    struct Check {
        let tag: KeyedHash.Tag
        let password: String
        let hash: String
        /// Whether the hash is that of the user; else the result does not count, and only the time that it takes does.
        let isUser: Bool
    }

    /// The computations that run at once: more of them would leave no processor for polls and scrapes.
    static var maxRunning: Int { 2 }
    /// The computations that wait; at the cost 10, the last of them is done within three seconds.
    static var maxWaiting: Int { 64 }

    /// Apart from each other, so that guesses do not displace the passwords of users.
    private var right = RecentSet<KeyedHash.Tag>(capacity: 1000)
    private var wrong = RecentSet<KeyedHash.Tag>(capacity: 1000)
    private var waiting: [Check] = []
    private var running = 0
    /// Those that wait for a computation, also several for the same one.
    private var waiters: [KeyedHash.Tag: [Waiter]] = [:]

    /// The answer, if it is known or refused at once; else nil, and the waiter gets it from ``finish(_:isRight:)``.
    mutating func ask(_ check: Check, _ waiter: Waiter) -> PasswordCheck.Answer? {
        if right.contains(check.tag) { return .allowed }
        if wrong.contains(check.tag) { return .denied }
        if waiters[check.tag] == nil {
            guard waiting.count < Self.maxWaiting else { return .busy }
            waiting.append(check)
        }
        waiters[check.tag, default: []].append(waiter)
        return nil
    }

    /// A check to compute now, if another one may run.
    mutating func next() -> Check? {
        guard running < Self.maxRunning, !waiting.isEmpty else { return nil }
        running += 1
        return waiting.removeFirst()
    }

    /// The waiters to answer after a computation.
    mutating func finish(_ check: Check, isRight: Bool) -> [Waiter] {
        running -= 1
        if isRight { right.insert(check.tag) } else { wrong.insert(check.tag) }
        return waiters.removeValue(forKey: check.tag) ?? []
    }
}
