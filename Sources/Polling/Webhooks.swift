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
        private let isWatching: @Sendable (AddonKey) -> Bool
        private let withID: @Sendable (String) -> [AddonKey]
        fileprivate let onEvent: @Sendable (AddonKey, HintKind) -> Void

        /// - Parameters:
        ///   - token: the current secret.
        ///   - isWatching: whether the account watches the addon.
        ///   - withID: the addons with this id that the account watches.
        ///   - onEvent: called with each event about a watched addon.
        package init(
            account: String, token: @escaping @Sendable () -> Secret,
            isWatching: @escaping @Sendable (AddonKey) -> Bool = { _ in true },
            withID: @escaping @Sendable (String) -> [AddonKey] = { _ in [] },
            onEvent: @escaping @Sendable (AddonKey, HintKind) -> Void
        ) {
            self.account = account
            self.token = token
            self.isWatching = isWatching
            self.withID = withID
            self.onEvent = onEvent
        }

        /// The watched addons that an event can be about.
        fileprivate func keys(project: String?, addon: String) -> [AddonKey] {
            guard let project else { return withID(addon) }
            let key = AddonKey(account: account, project: project, addon: addon)
            return isWatching(key) ? [key] : []
        }
    }

    private struct State {
        var receivers: [Receiver] = []
        var recent = RecentEvents()
        /// The keys of events that were not recognised.
        var shapes: Set<[String]> = []
        var counts = Dictionary(uniqueKeysWithValues: WebhookResult.allCases.map { ($0, 0) })
    }

    private let state = Mutex(State())
    private let decoder: PageDecoder
    private let time: any TimeSource
    private let onUnrecognised: @Sendable ([String]) -> Void
    /// Shapes of events that are told apart; each is a line in the log.
    private static let mostShapes = 20

    /// - Parameter onUnrecognised: called with the names of the keys of an event about a backup that does not say in a
    ///   known way of which addon, once for all events with these keys.
    package init(
        decoder: PageDecoder, time: any TimeSource, onUnrecognised: @escaping @Sendable ([String]) -> Void = { _ in }
    ) {
        self.decoder = decoder
        self.time = time
        self.onUnrecognised = onUnrecognised
    }

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
    /// - Parameters:
    ///   - token: the secret that the sender gives.
    ///   - eventID: the same for an event that is sent again; nil if the sender gives none.
    package func receive(token: String?, eventID: String? = nil, body: [UInt8]) -> Answer {
        let (answer, receivers) = admit(token)
        if answer == .accepted { take(body, eventID, receivers) }
        return answer
    }

    private func take(_ body: [UInt8], _ eventID: String?, _ receivers: [Receiver]) {
        guard let event = WebhookEvent(body: body, decoder: decoder), event.kind != .other else {
            return count(.ignored)
        }
        guard let addon = event.addon else { return unrecognised(body) }
        // Several accounts can have the same secret; the event is about an addon of one of them.
        let found = receivers.map { ($0, $0.keys(project: event.project, addon: addon)) }
        let watchers = found.filter { $0.1.count == 1 }
        if watchers.isEmpty {
            return found.contains { $0.1.count > 1 } ? unrecognised(body) : count(.unknown)
        }
        let kind: HintKind = event.kind == .start ? .start : .end
        for (receiver, keys) in watchers {
            if isRepeated(eventID, keys[0], kind) { count(.coalesced) } else { receiver.onEvent(keys[0], kind) }
        }
    }

    private func isRepeated(_ id: String?, _ key: AddonKey, _ kind: HintKind) -> Bool {
        guard let id, !id.isEmpty else { return false }
        let now = time.uptime
        return state.withLock { $0.recent.isRepeated(.init(id: id, key: key, kind: kind), now: now) }
    }

    private func unrecognised(_ body: [UInt8]) {
        count(.unrecognised)
        let keys = JSONKeys(body: body)?.paths ?? []
        let isNew = state.withLock { $0.shapes.count < Self.mostShapes && $0.shapes.insert(keys).inserted }
        if isNew { onUnrecognised(keys) }
    }
}
