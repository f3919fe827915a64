import Backups
import Logging
import Northflank

/// Makes log lines about failed checks: one for an addon that cannot be read, and one for an account of which nothing can.
///
/// The first failure that can be the account's waits for the next answer, which decides whose it is.
struct OutageNotes: Sendable {
    private struct Outage {
        var trouble: Trouble
        /// Addons whose check failed, and that have no line of their own.
        var addons: [AddonKey: Trouble] = [:]
        var failures = 0
        var isLogged = false
    }

    /// Failing addons that are named one by one.
    private static let mostNamed = 10
    /// How long the first failure waits for another answer.
    private static let patience = Duration.seconds(30)
    /// An outage that follows the last one within so short a time is logged at level debug.
    private static let calm = Duration.seconds(300)

    /// Addons whose failure has a line, and since when they fail.
    private var failing: [AddonKey: Timestamp] = [:]
    private var outage: Outage?
    private var lastEnd: Timestamp?

    /// Whether the account, and not a single addon, cannot be read.
    var isOutage: Bool { outage?.isLogged == true }

    /// A check of an addon failed; without a key, the reading of a list of the account.
    ///
    /// - Parameter addons: the number of addons of the account.
    mutating func failed(
        _ key: AddonKey?, _ error: APIError, _ trouble: Trouble, addons: Int, now: Timestamp
    ) -> [AccountNote] {
        guard error.reason.isOfAccount else { return key.map { named($0, trouble) } ?? [] }
        let isSure = key == nil || error.reason.isSurelyOfAccount
        // One that has a line of its own, since others were answered, shows nothing of the account.
        if !isSure, let key, failing[key] != nil { return [] }
        var outage = outage ?? Outage(trouble: trouble)
        outage.failures += 1
        if let key, failing[key] == nil { outage.addons[key] = trouble }
        defer { self.outage = outage }
        guard !outage.isLogged, isSure || outage.failures > 1 else { return [] }
        outage.isLogged = true
        return [Self.line(outage.trouble, addons: addons, isCalm: isCalm(now))]
    }

    /// No answer has come for a while that would show whose a failure is.
    mutating func settle(addons: Int, now: Timestamp) -> AccountNote? {
        guard let waiting = outage, !waiting.isLogged, now - waiting.trouble.since >= Self.patience else { return nil }
        outage?.isLogged = true
        return Self.line(waiting.trouble, addons: addons, isCalm: isCalm(now))
    }

    /// The account answered a request.
    mutating func answered(now: Timestamp) -> [AccountNote] {
        guard let over = outage else { return [] }
        guard over.isLogged else { return ended() }
        outage = nil
        let isCalm = isCalm(now)
        lastEnd = now
        return [
            AccountNote(
                isCalm ? .info : .debug, "account can be read again",
                ["failed_for": AccountNotes.age(now - over.trouble.since)])
        ]
    }

    /// What failed alone is the addon's, since the account answered another request, or no other answer will come.
    mutating func ended() -> [AccountNote] {
        guard let over = outage, !over.isLogged else { return [] }
        outage = nil
        return over.addons.sorted { $0.key < $1.key }.flatMap { named($0.key, $0.value) }
    }

    /// A check of an addon worked.
    mutating func worked(_ key: AddonKey, now: Timestamp) -> AccountNote? {
        guard let since = failing.removeValue(forKey: key) else { return nil }
        var metadata = AccountNotes.metadata(key)
        metadata["failed_for"] = AccountNotes.age(now - since)
        return AccountNote(failing.count < Self.mostNamed ? .info : .debug, "check succeeded again", metadata)
    }

    mutating func drop(_ keys: Set<AddonKey>) { for key in keys { failing[key] = nil } }

    private mutating func named(_ key: AddonKey, _ trouble: Trouble) -> [AccountNote] {
        guard failing.updateValue(trouble.since, forKey: key) == nil else { return [] }
        return [
            AccountNote(
                failing.count <= Self.mostNamed ? .warning : .debug, "check failed",
                AccountNotes.metadata(key, trouble))
        ]
    }

    private func isCalm(_ now: Timestamp) -> Bool { lastEnd.map { now - $0 > Self.calm } ?? true }

    private static func line(_ trouble: Trouble, addons: Int, isCalm: Bool) -> AccountNote {
        var metadata = AccountNotes.metadata(nil, trouble)
        metadata["addons"] = "\(addons)"
        metadata["since"] = trouble.since.text
        return AccountNote(isCalm ? .warning : .debug, "account cannot be read", metadata)
    }
}

extension APIError.Reason {
    /// Whether such a failure can be that of every request of the account.
    var isOfAccount: Bool {
        switch self {
        case .connect, .timeout, .dns, .tls, .proxy, .unauthorized, .rateLimited, .unavailable, .clientError: true
        case .forbidden, .notFound, .decode, .pagination, .cancelled: false
        }
    }

    /// Whether such a failure is that of every request of the account.
    var isSurelyOfAccount: Bool { [.connect, .dns, .tls, .proxy, .unauthorized].contains(self) }
}
