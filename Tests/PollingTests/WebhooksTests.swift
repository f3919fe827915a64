import Backups
import Fleet
import Freshness
import Northflank
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// Which senders are trusted, and what is made of their events.
struct WebhooksTests {
    private final class Heard: Sendable {
        private let events = Mutex<[String]>([])
        private let shapes = Mutex<[[String]]>([])
        var all: [String] { events.withLock { $0 } }
        var keys: [[String]] { shapes.withLock { $0 } }

        func add(_ keys: [String]) { shapes.withLock { $0.append(keys) } }
        func add(_ key: AddonKey, _ kind: HintKind) { events.withLock { $0.append("\(key) \(kind)") } }
    }

    private let time = ManualTime()
    private let webhooks: Webhooks
    private let heard = Heard()

    init() { webhooks = Webhooks(decoder: PageDecoder(), time: time) { [heard] in heard.add($0) } }

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

    private func counts(
        coalesced: Int = 0, unknown: Int = 0, unrecognised: Int = 0, ignored: Int = 0, forged: Int = 0
    ) -> [WebhookResult: Int] {
        [
            .accepted: 0, .coalesced: coalesced, .unknown: unknown, .unrecognised: unrecognised, .ignored: ignored,
            .forged: forged,
        ]
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
            "", "not JSON", "{", "null", "[]", "7", #"{"event":"build:success"}"#,
            #"{"event":7,"data":{"project":{"id":"shop"},"addon":{"id":"db"}}}"#,
            #"{"data":{"project":{"id":"shop"},"addon":{"id":"db"}}}"#,
        ])
    func bodies(body: String) {
        webhooks.setReceivers([receiver("acme", "s3cret")])
        #expect(webhooks.receive(token: "s3cret", body: Array(body.utf8)) == .accepted)
        #expect(webhooks.receive(token: "wrong", body: Array(body.utf8)) == .forged)
        #expect(heard.all == [])
        #expect(webhooks.counts == counts(ignored: 1, forged: 1))
    }

    private func send(_ body: String, id: String? = nil) {
        #expect(webhooks.receive(token: "s3cret", eventID: id, body: Array(body.utf8)) == .accepted)
    }

    @Test("an event about a backup of an addon that is not named as foreseen is told apart, its keys shown once")
    func unrecognised() {
        webhooks.setReceivers([receiver("acme", "s3cret")])
        let body = #"{"event":"addon-backup:failure","data":{"resource":{"kind":"addon","path":"shop/db"}}}"#
        send(body)
        send(body.replacing("shop", with: "blog"))
        let shape = ["data.resource.kind", "data.resource.path", "event"]
        #expect(heard.keys == [shape])
        send(#"{"event":"addon-backup:failure","data":{"project":{"id":"shop"}}}"#)
        #expect(heard.keys == [shape, ["data.project.id", "event"]])
        #expect(heard.all == [])
        #expect(webhooks.counts == counts(unrecognised: 3))
    }

    @Test("of 30 shapes 20 are shown")
    func shapes() {
        webhooks.setReceivers([receiver("acme", "s3cret")])
        for number in 0..<30 { send(#"{"event":"addon-backup:failure","k\#(number)":1}"#) }
        #expect(heard.keys.count == 20)
        #expect(webhooks.counts == counts(unrecognised: 30))
    }

    @Test("an addon's id without a project is enough if one watched addon of the account has it", arguments: 0...2)
    func addonAlone(count: Int) {
        let projects = ["shop", "blog"].prefix(count)
        webhooks.setReceivers([
            Webhooks.Receiver(
                account: "acme", token: { Secret("s3cret") }, isWatching: { _ in false },
                withID: { id in projects.map { AddonKey(account: "acme", project: $0, addon: id) } },
                onEvent: heard.add)
        ])
        send(#"{"event":"addon-backup:success","data":{"addon":{"id":"db"}}}"#)
        #expect(heard.all == (count == 1 ? ["acme/shop/db end"] : []))
        #expect(webhooks.counts == counts(unknown: count == 0 ? 1 : 0, unrecognised: count == 2 ? 1 : 0))
        #expect(heard.keys == (count == 2 ? [["data.addon.id", "event"]] : []))
    }

    @Test("an event that is sent again is passed on once, and counts as coalesced")
    func repeated() {
        webhooks.setReceivers([receiver("acme", "s3cret")])
        func body(_ event: String) -> String {
            #"{"event":"addon-backup:\#(event)","data":{"project":{"id":"shop"},"addon":{"id":"db"}}}"#
        }
        send(body("success"), id: "1")
        send(body("success"), id: "1")
        #expect(heard.all == ["acme/shop/db end"])
        #expect(webhooks.counts == counts(coalesced: 1))
        // Other events, whatever their ids, and events without an id.
        send(body("success"), id: "2")
        send(body("start"), id: "1")
        send(body("success"))
        send(body("success"), id: "")
        #expect(heard.all.count == 5)
        time.advance(by: 600)
        send(body("success"), id: "1")
        #expect(heard.all.count == 6)
        #expect(webhooks.counts == counts(coalesced: 1))
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
