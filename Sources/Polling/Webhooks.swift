package import Backups
package import Fleet
package import Freshness
package import Northflank
import Synchronization

/// Takes Northflank's webhooks: checks the sender, and passes on the addon to poll.
package final class Webhooks: Sendable {
    /// The answer to the sender.
    package enum Answer: Equatable, Sendable {
        case accepted
        case forged
        /// No account takes webhooks.
        case off
    }

    /// An account that takes webhooks.
    package struct Receiver: Sendable {
        private let account: String
        fileprivate let token: @Sendable () -> Secret
        fileprivate let isWatching: @Sendable (AddonKey) -> Bool
        fileprivate let onEvent: @Sendable (AddonKey, HintKind) -> Void

        /// - Parameters:
        ///   - token: the current secret.
        ///   - isWatching: whether the account watches the addon.
        ///   - onEvent: called with each event about a watched addon.
        package init(
            account: String, token: @escaping @Sendable () -> Secret,
            isWatching: @escaping @Sendable (AddonKey) -> Bool = { _ in true },
            onEvent: @escaping @Sendable (AddonKey, HintKind) -> Void
        ) {
            self.account = account
            self.token = token
            self.isWatching = isWatching
            self.onEvent = onEvent
        }

        fileprivate func key(_ event: WebhookEvent) -> AddonKey {
            AddonKey(account: account, project: event.project, addon: event.addon)
        }
    }

    private struct State {
        var receivers: [Receiver] = []
        var counts = Dictionary(uniqueKeysWithValues: WebhookResult.allCases.map { ($0, 0) })
    }

    private let state = Mutex(State())
    private let decoder: PageDecoder

    package init(decoder: PageDecoder) { self.decoder = decoder }

    /// Events by result, since the start.
    package var counts: [WebhookResult: Int] { state.withLock { $0.counts } }

    package func setReceivers(_ receivers: [Receiver]) { state.withLock { $0.receivers = receivers } }

    package func count(_ result: WebhookResult) { state.withLock { $0.counts[result, default: 0] += 1 } }

    /// Whether a sender with this secret may send events. Counts refused senders.
    package func check(token: String?) -> Answer {
        admit(token).answer
    }

    /// The answer to a sender with this secret, and the receivers that have this secret.
    private func admit(_ token: String?) -> (answer: Answer, receivers: [Receiver]) {
        let receivers = state.withLock { $0.receivers }
        guard !receivers.isEmpty else { return (.off, []) }
        // All secrets are compared, so that the response time does not show which one matched.
        let matching = receivers.filter { $0.token().matches(token ?? "") }
        if matching.isEmpty { count(.forged) }
        return (matching.isEmpty ? .forged : .accepted, matching)
    }

    /// Takes one event.
    ///
    /// - Parameter token: the secret that the sender gives.
    package func receive(token: String?, body: [UInt8]) -> Answer {
        let (answer, receivers) = admit(token)
        guard answer == .accepted else { return answer }
        guard let event = WebhookEvent(body: body, decoder: decoder), event.kind != .other else {
            count(.ignored)
            return .accepted
        }
        // Several accounts can have the same secret; the event is about an addon of one of them.
        let keys = receivers.map { ($0, $0.key(event)) }
        let watchers = keys.filter { $0.0.isWatching($0.1) }
        if watchers.isEmpty { count(.unknown) }
        let kind: HintKind = event.kind == .start ? .start : .end
        for (receiver, key) in watchers { receiver.onEvent(key, kind) }
        return .accepted
    }
}
