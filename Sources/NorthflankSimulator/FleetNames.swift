/// The names of the fleet: those of a small company for the first twelve addons, numbers for the others.
enum FleetNames {
    /// A named addon of the demo.
    struct Named: Sendable {
        let id: String
        let name: String
        let type: AddonType
        let personality: Personality
    }

    /// Four projects of three addons, with the main personalities.
    static let projects: [(id: String, name: String, description: String, addons: [Named])] = [
        (
            "shop", "Shop", "The web shop",
            [
                Named(id: "orders-db", name: "Orders DB", type: .postgresql, personality: .hourly),
                Named(id: "catalog-db", name: "Catalog DB", type: .mongodb, personality: .paused),
                Named(id: "carts-cache", name: "Carts cache", type: .redis, personality: .sizeless),
            ]
        ),
        (
            "billing", "Billing & invoices", "Money",
            [
                Named(id: "ledger-db", name: "Ledger DB", type: .postgresql, personality: .weekly),
                Named(id: "invoices-db", name: "Invoices DB", type: .mysql, personality: .failing),
                Named(id: "documents", name: "Documents", type: .minio, personality: .growing),
            ]
        ),
        (
            "analytics", "Analytics", "Reports and events",
            [
                Named(id: "warehouse-db", name: "Warehouse DB", type: .postgresql, personality: .slow),
                Named(id: "events-db", name: "Events DB", type: .mongodb, personality: .flaky),
                Named(id: "jobs-queue", name: "Jobs queue", type: .rabbitmq, personality: .healthy),
            ]
        ),
        (
            "staging", "Staging", "Where things break first",
            [
                Named(id: "preview-db", name: "Preview DB", type: .postgresql, personality: .stuck),
                Named(id: "users-copy", name: "Users copy", type: .mysql, personality: .importsOnly),
                Named(
                    id: "sandbox-db", name: "Sandbox DB", type: .mongodb, personality: .neverBackedUp
                ),
            ]
        ),
    ]

    /// The number of named addons.
    static let namedAddons = projects.reduce(0) { $0 + $1.addons.count }

    /// The number of addons in a numbered project.
    static let addonsPerProject = 50

    /// A name such as `prefix-007`. Numbers of equal width sort correctly as text.
    static func numbered(_ prefix: String, _ number: Int, width: Int) -> String {
        let digits = String(number)
        return prefix + "-" + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// The types of the fleet's addons.
enum AddonType: String, Sendable, CaseIterable {
    case postgresql, mongodb, mysql, redis, minio, rabbitmq

    /// A plausible version of this type.
    var version: String {
        switch self {
        case .postgresql: "16.4"
        case .mongodb: "7.0.12"
        case .mysql: "8.4.2"
        case .redis: "7.2.5"
        case .minio: "2024.8.3"
        case .rabbitmq: "3.13.6"
        }
    }

    /// The compression of this type's dumps.
    var compression: String {
        self == .postgresql || self == .mysql ? "zstd" : "gz"
    }
}
