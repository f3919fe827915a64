import Backups
import Fleet
import Freshness
import Northflank
import Synchronization
import Testing

@testable import Polling

/// Which senders are trusted, and what is made of their events.
struct WebhooksTests {
    private final class Heard: Sendable {
        private let events = Mutex<[String]>([])
        var all: [String] { events.withLock { $0 } }

        func add(_ key: AddonKey, _ kind: HintKind) { events.withLock { $0.append("\(key) \(kind)") } }
    }

    private let webhooks = Webhooks(decoder: PageDecoder())
    private let heard = Heard()

    /// - Parameter hasAddon: whether the account has the addon that all of the events are about.
    private func receiver(_ account: String, _ secret: String, hasAddon: Bool = true) -> Webhooks.Receiver {
        Webhooks.Receiver(
            account: account, token: { Secret(secret) },
            isWatching: { key in
                hasAddon && key == AddonKey(account: account, project: "shop", addon: "db")
            }, onEvent: heard.add)
    }

    private func receive(_ token: String?, _ event: String = "addon-backup:success") -> Webhooks.Answer {
        let body = #"{"event":"\#(event)","data":{"project":{"id":"shop"},"addon":{"id":"db"}}}"#
        return webhooks.receive(token: token, body: Array(body.utf8))
    }

    private func counts(unknown: Int = 0, ignored: Int = 0, forged: Int = 0) -> [WebhookResult: Int] {
        [.accepted: 0, .coalesced: 0, .unknown: unknown, .ignored: ignored, .forged: forged]
    }

    @Test("every count exists from the start")
    func start() {
        #expect(webhooks.counts == counts())
    }

    @Test("without a receiver webhooks are off, whatever the secret")
    func off() {
        #expect(receive("s3cret") == .off)
        #expect(receive(nil) == .off)
        #expect(webhooks.counts == counts())
    }

    @Test("an event with the right secret is passed on, and counted by its receiver")
    func right() {
        webhooks.setReceivers([receiver("acme", "s3cret")])
        #expect(receive("s3cret") == .accepted)
        #expect(heard.all == ["acme/shop/db end"])
        #expect(webhooks.counts == counts())
        webhooks.count(.coalesced)
        webhooks.count(.coalesced)
        #expect(webhooks.counts[.coalesced] == 2)
    }

    @Test(
        "an event with any other secret is forged",
        arguments: [nil, "", "s3cre", "s3crets", "S3CRET", "s3cret ", "s3crets3cret", "\0"] as [String?])
    func wrong(token: String?) {
        webhooks.setReceivers([receiver("acme", "s3cret")])
        #expect(receive(token) == .forged)
        #expect(heard.all == [])
        #expect(webhooks.counts == counts(forged: 1))
    }

    @Test("an empty secret accepts no sender, with or without a secret", arguments: [nil, "", "x"] as [String?])
    func emptySecret(token: String?) {
        webhooks.setReceivers([receiver("acme", "")])
        #expect(receive(token) == .forged)
        #expect(heard.all == [])
    }

    @Test("each account has its own secret; two accounts can share one")
    func accounts() {
        webhooks.setReceivers([receiver("a", "one"), receiver("b", "two"), receiver("c", "two")])
        #expect(receive("one") == .accepted)
        #expect(heard.all == ["a/shop/db end"])
        #expect(receive("two", "addon-backup:start") == .accepted)
        #expect(heard.all == ["a/shop/db end", "b/shop/db start", "c/shop/db start"])
        // A reload may take one away.
        webhooks.setReceivers([receiver("b", "two")])
        #expect(receive("one") == .forged)
        webhooks.setReceivers([])
        #expect(receive("two") == .off)
    }

    @Test(
        "of accounts with one secret, the account that has the addon gets the event; else it counts once as unknown")
    func oneSecret() {
        webhooks.setReceivers([receiver("a", "s3cret", hasAddon: false), receiver("b", "s3cret")])
        #expect(receive("s3cret") == .accepted)
        #expect(heard.all == ["b/shop/db end"])
        #expect(webhooks.counts == counts())
        webhooks.setReceivers([
            receiver("a", "s3cret", hasAddon: false), receiver("b", "s3cret", hasAddon: false),
        ])
        #expect(receive("s3cret") == .accepted)
        #expect(heard.all == ["b/shop/db end"])
        #expect(webhooks.counts == counts(unknown: 1))
    }

    @Test("a sender can be checked before its body is read; only refused senders count")
    func sender() {
        #expect(webhooks.check(token: "s3cret") == .off)
        webhooks.setReceivers([receiver("a", "one"), receiver("b", "two")])
        #expect(["one", "two"].map { webhooks.check(token: $0) } == [.accepted, .accepted])
        #expect(webhooks.counts == counts())
        #expect([nil, "", "three"].map { webhooks.check(token: $0) } == [.forged, .forged, .forged])
        #expect(webhooks.counts == counts(forged: 3))
        #expect(heard.all == [])
    }

    @Test(
        "events of a backup",
        arguments: [
            ("addon-backup:start", "start"), ("addon-backup:success", "end"), ("addon-backup:failure", "end"),
            ("addon-backup:abort", "end"), ("trigger:addon-backup:failure", "end"),
        ])
    func kinds(event: String, kind: String) {
        webhooks.setReceivers([receiver("acme", "s3cret")])
        #expect(receive("s3cret", event) == .accepted)
        #expect(heard.all == ["acme/shop/db \(kind)"])
    }

    @Test("other events are taken and ignored, or Northflank would send them again")
    func otherEvents() {
        webhooks.setReceivers([receiver("acme", "s3cret")])
        #expect(receive("s3cret", "build:success") == .accepted)
        #expect(receive("s3cret", "") == .accepted)
        #expect(heard.all == [])
        #expect(webhooks.counts == counts(ignored: 2))
    }

    @Test(
        "bodies without a usable event are ignored, too",
        arguments: [
            "", "not JSON", "{", "null", "[]", "7", #"{"event":"addon-backup:success"}"#,
            #"{"event":"addon-backup:success","data":{"project":{"id":"shop"}}}"#,
            #"{"event":7,"data":{"project":{"id":"shop"},"addon":{"id":"db"}}}"#,
            #"{"event":"addon-backup:success","data":{"project":{"id":["shop"]},"addon":{"id":"db"}}}"#,
        ])
    func bodies(body: String) {
        webhooks.setReceivers([receiver("acme", "s3cret")])
        #expect(webhooks.receive(token: "s3cret", body: Array(body.utf8)) == .accepted)
        #expect(webhooks.receive(token: "wrong", body: Array(body.utf8)) == .forged)
        #expect(heard.all == [])
        #expect(webhooks.counts == counts(ignored: 1, forged: 1))
    }

    @Test("a secret that was rotated counts from then on")
    func rotated() {
        let secret = Atomic(false)
        let receiver = Webhooks.Receiver(
            account: "acme", token: { Secret(secret.load(ordering: .relaxed) ? "new" : "old") }, onEvent: heard.add)
        webhooks.setReceivers([receiver])
        #expect(receive("old") == .accepted)
        secret.store(true, ordering: .relaxed)
        #expect(receive("old") == .forged)
        #expect(receive("new") == .accepted)
    }
}
