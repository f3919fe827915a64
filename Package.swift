// swift-tools-version: 6.2
import PackageDescription

/// The strictest settings that the compiler offers; every warning is an error.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// On for every target but those around libcurl and SQLite, so that unsafe code is provably in two rooms
/// and every other use of it says `unsafe`.
let memorySafe: [SwiftSetting] = strict + [.strictMemorySafety()]

/// The commit that the binary was built from; packagers without a git checkout set `REVISION`.
let revision =
    Context.environment["REVISION"].flatMap { $0.isEmpty ? nil : $0 }
    ?? Context.gitInformation?.currentCommit ?? "unknown"

let package = Package(
    name: "northflank-backup-exporter",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries.
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CTimeZones", linkerSettings: [.linkedLibrary("cctz")]),
        .target(name: "CSupport", cSettings: [.define("NBE_REVISION", to: "\"\(revision)\"")]),

        // Pure leaves.
        .target(name: "Backups", swiftSettings: memorySafe),
        .target(name: "Exposition", swiftSettings: memorySafe),
        .target(name: "Fingerprint", dependencies: ["CXXHash"], swiftSettings: memorySafe),
        .target(name: "Freshness", dependencies: ["Backups"], swiftSettings: memorySafe),
        .target(name: "SplitMix64", swiftSettings: memorySafe),

        // Shells.
        .target(
            name: "CurlClient",
            dependencies: ["CCurl", .product(name: "NIOConcurrencyHelpers", package: "swift-nio")],
            swiftSettings: strict
        ),
        .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: strict),
        .target(name: "Users", dependencies: ["CCrypt", "COpenSSL"], swiftSettings: memorySafe),
        .target(name: "YAMLDocument", dependencies: ["CYAML"], swiftSettings: memorySafe),
        .target(
            name: "Northflank",
            dependencies: ["Backups", "CSimdJSON", "Fingerprint"],
            swiftSettings: memorySafe
        ),
        .target(name: "History", dependencies: ["Backups", "SQLite"], swiftSettings: memorySafe),
        .target(
            name: "Settings",
            dependencies: [
                "Backups", "CTimeZones", "CurlClient", "Freshness", "History", "Northflank", "YAMLDocument",
            ],
            swiftSettings: memorySafe
        ),
        .target(
            name: "Logs",
            dependencies: [.product(name: "Logging", package: "swift-log")],
            swiftSettings: memorySafe
        ),

        // What is known, and what is made of it.
        .target(
            name: "Fleet",
            dependencies: ["Backups", "CSupport", "CurlClient", "Exposition", "History", "Northflank"],
            swiftSettings: memorySafe
        ),
        .target(name: "Reports", dependencies: ["Backups", "Fleet", "Settings"], swiftSettings: memorySafe),
        .target(name: "Pages", dependencies: ["Backups", "Northflank", "Reports"], swiftSettings: memorySafe),
        .target(
            name: "Catalog",
            dependencies: ["Backups", "Exposition", "Fleet", "History", "Northflank"],
            swiftSettings: memorySafe
        ),
        .target(
            name: "Polling",
            dependencies: [
                "Backups", "Settings", "Fleet", "Freshness", "History", "Northflank",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: memorySafe
        ),

        // Composition, and the ways in.
        .target(
            name: "Exporter",
            dependencies: [
                "Backups", "Settings", "CurlClient", "Exposition", "Fleet", "History", "Catalog", "Northflank",
                "Polling", "Reports",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: memorySafe
        ),
        .target(
            name: "ExporterHTTP",
            dependencies: [
                "Backups", "COpenSSL", "CZlib", "Fingerprint", "Settings", "Exposition", "Fleet", "Pages", "Polling",
                "Reports",
                "Users",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: memorySafe
        ),
        .target(
            name: "NorthflankSimulator",
            dependencies: [
                "SplitMix64",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: memorySafe
        ),
        .executableTarget(
            name: "northflank-backup-exporter",
            dependencies: [
                "Backups", "CSupport", "Settings", "CurlClient", "Exporter", "ExporterHTTP", "Exposition", "Fleet",
                "History", "Logs", "Catalog", "Northflank", "NorthflankSimulator", "Pages", "Polling", "Reports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: memorySafe
        ),

        .executableTarget(
            name: "freshness-benchmark",
            dependencies: ["Backups", "Freshness", "Northflank", "SplitMix64"],
            swiftSettings: memorySafe
        ),
        .executableTarget(
            name: "verdict-benchmark",
            dependencies: [
                "Backups", "Fleet", "Freshness", "History", "Northflank", "Polling", "Settings", "SplitMix64",
            ],
            swiftSettings: memorySafe
        ),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: ["Backups", "Northflank"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "BackupsTests", dependencies: ["Backups", "SplitMix64", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ExpositionTests", dependencies: ["Exposition"], swiftSettings: strict),
        .testTarget(
            name: "FreshnessTests", dependencies: ["Backups", "Freshness", "SplitMix64"], swiftSettings: strict),
        .testTarget(
            name: "HistoryTests",
            dependencies: ["Backups", "History", "SQLite", "SplitMix64", "TestSupport"],
            exclude: ["testdata"],
            swiftSettings: strict
        ),
        .testTarget(name: "SQLiteTests", dependencies: ["CSQLite", "SQLite", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "CurlClientTests", dependencies: ["CCurl", "CurlClient"], swiftSettings: strict),
        .testTarget(
            name: "NorthflankTests",
            dependencies: ["Backups", "Northflank", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SettingsTests",
            dependencies: [
                "Backups", "CurlClient", "Settings", "History", "Northflank", "TestSupport", "YAMLDocument",
            ],
            exclude: ["testdata"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LogsTests",
            dependencies: ["Logs", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "FleetTests",
            dependencies: ["Backups", "Exposition", "Fleet", "Northflank"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Backups", "Fleet", "Settings", "Reports", "TestSupport"],
            exclude: ["testdata"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PagesTests",
            dependencies: ["Backups", "Pages", "Reports", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(name: "UsersTests", dependencies: ["Users"], swiftSettings: strict),
        .testTarget(
            name: "CatalogTests",
            dependencies: [
                "Backups", "Exposition", "Fleet", "History", "Catalog", "Northflank", "TestSupport",
            ],
            exclude: ["testdata"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PollingTests",
            dependencies: [
                "Backups", "Settings", "Fleet", "Freshness", "History", "Northflank", "Polling", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ExporterTests",
            dependencies: [
                "Backups", "CurlClient", "Settings", "Exporter", "Exposition", "Fleet", "History", "Logs", "Northflank",
                "NorthflankSimulator", "Polling", "Reports", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ExporterHTTPTests",
            dependencies: [
                "Backups", "CZlib", "Settings", "ExporterHTTP", "Exposition", "Fleet", "Pages", "Polling", "Reports",
                "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SimulatorTests",
            dependencies: [
                "NorthflankSimulator", "SplitMix64",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
    ],
    cxxLanguageStandard: .cxx17
)

// With the variable `FUZZ=1`, the package has the fuzzers too, which need other flags than all the rest (scripts/fuzz).
if Context.environment["FUZZ"] == "1" {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "fuzzers",
            dependencies: [
                "Backups", "CLibFuzzer", "Catalog", "Exposition", "ExporterHTTP", "Fleet", "Freshness", "Northflank",
                "Polling", "Reports", "Settings", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ],
            path: "Tests/Fuzz/fuzzers",
            swiftSettings: strict
        ),
    ]
    package.dependencies.append(.package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"))
}

// With the variable `ONLY=BackupsTests`, the package has only this target and its dependencies: it builds in seconds.
if let only = Context.environment["ONLY"], !only.isEmpty {
    var needed: Set<String> = []
    func add(_ name: String) {
        guard needed.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else {
            return
        }
        for case .byNameItem(let dependency, _) in target.dependencies { add(dependency) }
    }
    add(only)
    package.targets.removeAll { !needed.contains($0.name) }
}
