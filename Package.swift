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
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
