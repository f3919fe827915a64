import Backups
import Fleet
import Freshness
import Northflank

/// Why the account, or one of its addons, cannot be read.
extension Account {
    /// Takes in whether a request worked, as far as it says something of the account.
    ///
    /// - Parameters:
    ///   - error: nil if the request worked.
    ///   - isList: whether it was one of the lists of projects and addons. A refusal of anything else is the matter of one
    ///     addon.
    mutating func heard(_ error: APIError?, isList: Bool, now: Instant) {
        guard let error else { return answered(now: now) }
        let isReachable: Bool
        switch error.reason {
        case .cancelled: return
        // It says nothing of the account, except that it answers.
        case .rateLimited: isReachable = status.isReachable ?? true
        case .decode, .pagination: return answered(now: now)
        case .forbidden, .notFound:
            guard isList else { return answered(now: now) }
            isReachable = false
        case .unauthorized, .unavailable, .clientError, .connect, .timeout, .dns, .tls, .proxy: isReachable = false
        }
        let trouble = trouble(error, of: nil, now: now)
        if isList { note(error, trouble, of: nil, now: now) }
        publish(trouble: trouble, isReachable: isReachable)
    }

    private mutating func answered(now: Instant) {
        for note in notes.answered(now: now.wall) { log(note) }
        publish(trouble: clockTrouble(now: now), isReachable: true)
    }

    /// Logs a failed request.
    ///
    /// - Parameter key: the addon of a check; nil for a list.
    mutating func note(_ error: APIError, _ trouble: Trouble, of key: AddonKey?, now: Instant) {
        let trouble = status.trouble.map(trouble.after) ?? trouble
        for note in notes.failed(key, error, trouble, addons: plan.count, now: now.wall) {
            log(note)
        }
    }

    /// Takes in by how much the clocks differ.
    mutating func heard(clockAhead: Duration, now: Instant) {
        guard clockAhead != self.clockAhead else { return }
        self.clockAhead = clockAhead
        let trouble = clockTrouble(now: now)
        if let trouble, status.trouble?.reason != trouble.reason { log(notes.clock(ahead: clockAhead)) }
        publish(trouble: trouble, isReachable: true)
    }

    /// That our clock is wrong; nil if it agrees with Northflank's.
    func clockTrouble(now: Instant) -> Trouble? {
        guard !AddonRecord.isTrusted(clockAhead: clockAhead) else { return nil }
        let minutes = abs(clockAhead.components.seconds) / 60
        return Trouble(
            reason: "clock",
            message:
                "the exporter's clock is \(minutes)m \(clockAhead < .zero ? "ahead of" : "behind") Northflank's "
                + "(limit \(AddonRecord.mostSkew.components.seconds / 60)m)",
            since: now.wall,
            remedy: "correct the clock (NTP) where the exporter runs; until then nothing is newly judged late and no "
                + "history is deleted")
    }

    /// The error of a request as a trouble of the account or of an addon, with what to do about it.
    ///
    /// - Parameter key: the addon of the request; nil for a request of the lists.
    func trouble(_ error: APIError, of key: AddonKey?, now: Instant) -> Trouble {
        let until = error.retryAfter.map { " until \((now.wall + .seconds($0)).atUTC)" }
        var trouble = Trouble(
            reason: error.reason.rawValue, status: error.status,
            message: error.message + (error.reason == .rateLimited ? until ?? "" : ""), since: now.wall,
            remedy: Remedy(configuration).text(error, of: key))
        trouble.detail = error.detail
        return trouble
    }

    private mutating func publish(trouble: Trouble?, isReachable: Bool) {
        let trouble = trouble?.after(status.trouble) ?? waiting
        guard trouble != status.trouble || isReachable != status.isReachable else { return }
        (status.trouble, status.isReachable) = (trouble, isReachable)
        effects.append(.publishStatus(status))
    }
}
