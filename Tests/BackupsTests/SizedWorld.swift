import TestSupport

@testable import Backups

/// Worlds of dumps that differ in their sizes.
enum SizedWorld {
    static let newest = time("2026-03-10T12:00:00Z")

    /// Dumps of these sizes and ages before the newest one, which has its own size.
    static func world(_ size: Int64?, after sizes: [(Int64?, Duration)]) -> World {
        var world = World()
        world.observedAt = newest + minute * 5
        world.schedules = [.hourly(0)]
        world.listed = ([(size, .zero)] + sizes).enumerated().map { index, entry in
            Backup(
                identity: BackupIdentity("\(index)"), status: .completed, type: .dump, createdAt: newest - entry.1,
                completedAt: newest - entry.1 + minute, size: entry.0)
        }
        return world
    }

    /// Hourly dumps without the findings that are not about sizes.
    static func kinds(_ world: World) -> [FindingKind?] {
        world.findings.map(\.kind).filter { $0 == .empty || $0 == .oddSize }
    }

    static func daily(_ sizes: Int64?...) -> [(Int64?, Duration)] {
        sizes.enumerated().map { ($1, day * ($0 + 1)) }
    }

    static let odd: [FindingKind?] = [.oddSize]
}
