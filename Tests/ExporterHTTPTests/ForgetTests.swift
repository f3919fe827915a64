import Backups
import Hummingbird
import HummingbirdTesting
import Polling
import Testing

@testable import ExporterHTTP

struct ForgetTests {
    private static func served(_ answer: Forgetting) -> Served {
        var served = Served(reload: { nil })
        served.forget = { key in
            key == AddonKey(account: "acme", project: "shop", addon: "orders-db") ? answer : .notGone
        }
        return served
    }

    @Test(
        "what came of it",
        arguments: [
            (Forgetting.forgotten, 200, "acme/shop/orders-db is forgotten.\n"),
            (.notGone, 404, "No addon acme/shop/orders-db is gone.\n"),
            (.configured, 409, "The configuration names acme/shop/orders-db; remove it there.\n"),
        ])
    func answers(answer: Forgetting, status: Int, text: String) async throws {
        for uri in ["/-/forget?addon=acme/shop/orders-db", "/-/forget?addon=acme%2Fshop%2Forders-db"] {
            let response = try await Self.served(answer).ask(.post, uri)
            #expect(Int(response.status.code) == status)
            #expect(response.text == text)
        }
    }

    @Test(
        "an addon that is not named in full is refused",
        arguments: [
            "", "?addon=", "?addon=orders-db", "?addon=acme/shop/", "?addon=acme/shop/orders/db",
            "?x=acme/shop/orders-db",
        ])
    func unnamed(query: String) async throws {
        let response = try await Self.served(.forgotten).ask(.post, "/-/forget\(query)")
        #expect(response.status == .badRequest)
        #expect(response.text == "Name the addon as addon=ACCOUNT/PROJECT/ADDON.\n")
    }

    @Test("it needs the option, and a request that changes something")
    func refused() async throws {
        var served = Self.served(.forgotten)
        #expect(try await served.ask(.get, "/-/forget?addon=acme/shop/orders-db").status == .methodNotAllowed)
        served.reload = nil
        let response = try await served.ask(.post, "/-/forget?addon=acme/shop/orders-db")
        #expect(response.status == .forbidden)
        #expect(response.text == "Forgetting addons is off; start with --web.enable-lifecycle.\n")
    }
}
