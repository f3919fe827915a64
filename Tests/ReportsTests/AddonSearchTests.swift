import Backups
import Reports
import Testing

struct AddonSearchTests {
    private static let search = AddonSearch([
        key("acme", "billing", "invoices-db"), key("acme", "billing", "ledger-db"), key("acme", "shop", "orders-db"),
        key("beta", "shop", "orders-db"), key("beta", "shop", "x"),
    ])

    private static func key(_ account: String, _ project: String, _ addon: String) -> AddonKey {
        AddonKey(account: account, project: project, addon: addon)
    }

    @Test("an addon is found by its whole path, and without the account where one has it")
    func found() {
        let search = Self.search
        #expect(search.find(["acme", "shop", "orders-db"]) == .found(Self.key("acme", "shop", "orders-db")))
        #expect(search.find(["billing", "ledger-db"]) == .found(Self.key("acme", "billing", "ledger-db")))
        #expect(search.find(["shop", "x"]) == .found(Self.key("beta", "shop", "x")))
    }

    @Test("where several accounts have the addon, their paths are named")
    func ambiguous() {
        #expect(
            Self.search.find(["shop", "orders-db"])
                == .ambiguous(
                    "2 accounts have an addon shop/orders-db: acme/shop/orders-db, beta/shop/orders-db\n"
                        + "  name the account, too"))
    }

    @Test("an unknown addon gets the three nearest names, and its project if that is known")
    func unknown() {
        #expect(
            Self.search.find(["billing", "invoice-db"])
                == .unknown(
                    """
                    no addon billing/invoice-db is watched
                      nearest: acme/billing/invoices-db, acme/billing/ledger-db, acme/shop/orders-db
                      all of project billing: northflank-backup-exporter status billing/
                    """))
        // The account counts where it is named.
        #expect(
            Self.search.find(["beta", "store", "x"])
                == .unknown(
                    "no addon beta/store/x is watched\n"
                        + "  nearest: beta/shop/x, beta/shop/orders-db, acme/shop/orders-db"))
        #expect(
            AddonSearch([]).find(["a", "b"]) == .unknown("no addon a/b is watched\n  nearest: none, no addon is known"))
    }
}
