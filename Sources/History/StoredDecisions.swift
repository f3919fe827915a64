import Backups
import Synchronization

/// The stored form of decisions: JSON with the configuration's keys, of those that are decided. Times are in milliseconds.
struct StoredDecisions: Codable {
    private struct Waive: Codable {
        var reason: String
        var owner: String
        var until: Int64
    }

    private struct Window: Codable {
        var days: [Int]
        var from: Int
        var to: Int
        var timeZone: String
    }

    private var policy: String?
    private var owner: String?
    private var maxAge: Int64?
    private var grace: Int64?
    private var require: [String]?
    private var minBackups: Int?
    private var minSpan: Int64?
    private var restoreEvery: Int64?
    private var onGone: String?
    private var waive: Waive?
    private var windows: [Window]?

    private init(_ decisions: Decisions) {
        (policy, owner) = (decisions.policy, decisions.owner)
        maxAge = decisions.maxAge?.milliseconds
        grace = decisions.grace?.milliseconds
        require = decisions.required.isEmpty ? nil : decisions.required.map(\.rawValue)
        minBackups = decisions.minBackups
        minSpan = decisions.minSpan?.milliseconds
        restoreEvery = decisions.restoreEvery?.milliseconds
        onGone = decisions.onGone?.rawValue
        waive = decisions.waiver.map { Waive(reason: $0.reason, owner: $0.owner, until: $0.until.milliseconds) }
        guard !decisions.windows.isEmpty else { return }
        windows = decisions.windows.map { window in
            Window(days: window.days.sorted(), from: window.from, to: window.to, timeZone: window.timeZone)
        }
    }

    private var decisions: Decisions {
        var decisions = Decisions()
        (decisions.policy, decisions.owner) = (policy, owner)
        decisions.maxAge = maxAge.map { .milliseconds($0) }
        decisions.grace = grace.map { .milliseconds($0) }
        decisions.required = (require ?? []).compactMap(Decisions.RequiredKind.init)
        decisions.minBackups = minBackups
        decisions.minSpan = minSpan.map { .milliseconds($0) }
        decisions.restoreEvery = restoreEvery.map { .milliseconds($0) }
        decisions.onGone = onGone.flatMap(Decisions.OnGone.init)
        decisions.waiver = waive.map { waive in
            Waiver(reason: waive.reason, owner: waive.owner, until: Timestamp(milliseconds: waive.until))
        }
        decisions.windows = (windows ?? []).map { window in
            MaintenanceWindow(
                days: Set(window.days), from: window.from, to: window.to, timeZone: window.timeZone)
        }
        return decisions
    }

    static func encode(_ decisions: Decisions) -> String? { StoredJSON.encode(StoredDecisions(decisions)) }

    /// Nil for a text that is none. Leaves out words that this version does not know.
    static func decode(_ text: String) -> Decisions? { StoredJSON.decode(StoredDecisions.self, text)?.decisions }
}

/// One object for all equal decisions, because thousands of addons have the same ones.
enum SharedDecisions {
    private struct Known {
        var byText: [String: Shared<Decisions>] = [:]
        var byValue: [Decisions: Shared<Decisions>] = [:]
    }

    /// More than a configuration has policies. A configuration that changes again and again must not fill the memory.
    private static let most = 4096
    private static let known = Mutex(Known())

    /// The object of a stored text; nil for a text that is none.
    static func of(text: String) -> Shared<Decisions>? {
        if let shared = known.withLock({ $0.byText[text] }) { return shared }
        guard let decisions = StoredDecisions.decode(text) else { return nil }
        let shared = of(Shared(decisions))
        known.withLock { known in
            if known.byText.count >= most { known.byText = [:] }
            known.byText[text] = shared
        }
        return shared
    }

    /// The object that stands for an equal one.
    static func of(_ shared: Shared<Decisions>) -> Shared<Decisions> {
        known.withLock { known in
            if let same = known.byValue[shared.value] { return same }
            if known.byValue.count >= most { known.byValue = [:] }
            known.byValue[shared.value] = shared
            return shared
        }
    }
}
