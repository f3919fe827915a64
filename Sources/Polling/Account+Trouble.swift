import Backups
import Fleet
import Freshness
import Northflank
import Settings

/// Why the account, or one of its addons, cannot be read.
extension Account {
    /// Takes in whether a request worked, as far as it says something of the account.
    ///
    /// - Parameters:
    ///   - error: nil if the request worked.
    ///   - isList: whether it was one of the lists of projects and addons. A refusal of anything else is the matter of one
    ///     addon.
    mutating func heard(_ error: APIError?, isList: Bool, now: Instant) {
        guard let error else { return publish(trouble: clockTrouble(now: now), isReachable: true) }
        let isReachable: Bool
        switch error.reason {
        case .cancelled: return
        // It says nothing of the account, except that it answers.
        case .rateLimited: isReachable = status.isReachable ?? true
        case .decode, .pagination: return publish(trouble: clockTrouble(now: now), isReachable: true)
        case .forbidden, .notFound:
            guard isList else { return publish(trouble: clockTrouble(now: now), isReachable: true) }
            isReachable = false
        case .unauthorized, .unavailable, .clientError, .connect, .timeout, .dns, .tls, .proxy: isReachable = false
        }
        publish(trouble: Trouble(error, now: now.wall), isReachable: isReachable)
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
        let skew = Duration.milliseconds(abs(clockAhead.milliseconds))
        return Trouble(
            reason: "clock",
            message:
                "the exporter's clock is \(PrometheusDuration.text(skew)) \(clockAhead < .zero ? "ahead of" : "behind") "
                + "Northflank's (limit \(PrometheusDuration.text(AddonRecord.mostSkew)))",
            since: now.wall,
            remedy: "correct the clock (NTP); until then nothing is newly judged late and no history is deleted")
    }

    private mutating func publish(trouble: Trouble?, isReachable: Bool) {
        let trouble = trouble?.after(status.trouble) ?? waiting
        guard trouble != status.trouble || isReachable != status.isReachable else { return }
        (status.trouble, status.isReachable) = (trouble, isReachable)
        effects.append(.publishStatus(status))
    }
}

extension Trouble {
    init(_ error: APIError, now: Timestamp) {
        self.init(
            reason: error.reason.rawValue, status: error.status, message: error.said, since: now, remedy: error.remedy)
    }
}
