import Testing

@testable import Northflank

@Suite struct WebhookEventTests {
    private func event(_ body: String) -> WebhookEvent? {
        WebhookEvent(body: Array(body.utf8), decoder: PageDecoder())
    }

    @Test(
        "every name of an event",
        arguments: [
            ("addon-backup:start", .start), ("addon-backup:success", .end), ("addon-backup:failure", .end),
            ("addon-backup:abort", .end), ("trigger:addon-backup:failure", .end),
            ("trigger:addon-backup:start", .start), ("trigger:trigger:addon-backup:start", .other),
            ("build:success", .other), ("addon-backup:", .other),
        ] as [(String, WebhookEvent.Kind)])
    func names(name: String, kind: WebhookEvent.Kind) {
        let body = #"{"event":"\#(name)","data":{"project":{"id":"shop"},"addon":{"id":"orders-db","name":"O"}}}"#
        #expect(event(body) == WebhookEvent(kind: kind, project: "shop", addon: "orders-db"))
    }

    @Test(
        "the ways in which an addon may be named",
        arguments: [
            #"{"event":"addon-backup:start","data":{"projectId":"shop","addonId":"db"}}"#,
            #"{"event":"addon-backup:start","data":{"project":{"id":"shop"},"addonId":"db"}}"#,
            #"{"event":"addon-backup:start","data":{"addon":{"id":"db","projectId":"shop"}}}"#,
        ])
    func shapes(body: String) {
        #expect(event(body) == WebhookEvent(kind: .start, project: "shop", addon: "db"))
    }

    @Test(
        "project and addon are nil if they are not named as foreseen",
        arguments: [
            (#"{"event":"addon-backup:start"}"#, nil, nil),
            (#"{"event":"addon-backup:start","data":{"project":{"id":"shop"}}}"#, "shop", nil),
            (#"{"event":"addon-backup:start","data":{"project":{"id":1},"addon":{"id":2}}}"#, nil, nil),
            (#"{"event":"addon-backup:start","data":{"project":{"id":""},"addon":{"id":"db"}}}"#, nil, "db"),
        ] as [(String, String?, String?)])
    func unforeseen(body: String, project: String?, addon: String?) {
        #expect(event(body) == WebhookEvent(kind: .start, project: project, addon: addon))
    }

    @Test(
        "a body that does not name an event is none",
        arguments: [
            "", "{", "[]", "null", #"{"data":{"project":{"id":"shop"},"addon":{"id":"db"}}}"#,
            #"{"event":7,"data":{"project":{"id":"shop"},"addon":{"id":"db"}}}"#,
        ])
    func noEvent(body: String) {
        #expect(event(body) == nil)
    }

    @Test(
        "a secret matches itself and nothing else",
        arguments: [
            ("s3cret", true), ("", false), ("s", false), ("s3cre", false), ("s3crets", false), ("S3cret", false),
            ("s3crets3cret", false), ("xxxxxx", false), ("s3cret\0", false),
        ])
    func secrets(text: String, isRight: Bool) {
        #expect(Secret("s3cret").matches(text) == isRight)
    }

    @Test("nothing matches an empty secret")
    func emptySecret() {
        #expect(!Secret("").matches(""))
    }
}
