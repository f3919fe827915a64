import Backups
import Northflank
import Synchronization

/// Takes Northflank's webhooks: checks who sends them, and passes on which addon to ask about.
package final class Webhooks: Sendable {
    /// What became of an event; the raw value is the label `result`.
    package enum Result: String, CaseIterable, Sendable {
        /// The addon will be polled.
        case accepted
        /// The addon is to be polled anyway.
        case coalesced
        /// Nobody watches the addon.
        case unknown
        /// It has the right secret and says nothing that makes sense here.
        case ignored
        /// It has not the right secret.
        case forged
    }

    /// How the sender is answered.
    package enum Answer: Equatable, Sendable {
        case accepted
        case forged
        /// No account takes webhooks.
        case off
    }

    /// An account that takes webhooks.
    struct Receiver: Sendable {
        let account: String
        let token: @Sendable () -> Secret
        /// Whether the account has the addon.
        var isWatching: @Sendable (AddonKey) -> Bool = { _ in true }
        /// Told of every event about an addon.
        let onEvent: @Sendable (AddonKey, WebhookEvent.Kind) -> Void
    }

    private struct State {
        var receivers: [Receiver] = []
        var counts = Dictionary(uniqueKeysWithValues: Result.allCases.map { ($0, 0) })
    }

    private let state = Mutex(State())
    private let decoder: PageDecoder

    init(decoder: PageDecoder) { self.decoder = decoder }

    /// Events by what became of them, since the start.
    package var counts: [Result: Int] { state.withLock { $0.counts } }

    func setReceivers(_ receivers: [Receiver]) { state.withLock { $0.receivers = receivers } }

    func count(_ result: Result) { state.withLock { $0.counts[result, default: 0] += 1 } }

    /// Whether whoever says this secret may send events; counts those who may not.
    package func check(token: String?) -> Answer {
        admit(token).answer
    }

    /// The answer to whoever says this secret, and the receivers that it is of.
    private func admit(_ token: String?) -> (answer: Answer, receivers: [Receiver]) {
        let receivers = state.withLock { $0.receivers }
        guard !receivers.isEmpty else { return (.off, []) }
        // All of them are tried, so that the time does not tell which one matched.
        let matching = receivers.filter { $0.token().matches(token ?? "") }
        if matching.isEmpty { count(.forged) }
        return (matching.isEmpty ? .forged : .accepted, matching)
    }

    /// Takes one event.
    ///
    /// - Parameter token: what the sender says the secret is.
    package func receive(token: String?, body: [UInt8]) -> Answer {
        let (answer, receivers) = admit(token)
        guard answer == .accepted else { return answer }
        guard let event = WebhookEvent(body: body, decoder: decoder), event.kind != .other else {
            count(.ignored)
            return .accepted
        }
        // Several accounts may have one secret; the event is about an addon of one of them.
        let keys = receivers.map { receiver in
            (receiver, AddonKey(account: receiver.account, project: event.project, addon: event.addon))
        }
        let watchers = keys.filter { $0.0.isWatching($0.1) }
        if watchers.isEmpty { count(.unknown) }
        for (receiver, key) in watchers { receiver.onEvent(key, event.kind) }
        return .accepted
    }
}
