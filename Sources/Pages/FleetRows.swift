import Backups
import Reports

/// The databases that a query chooses, in groups, and the page of them that is shown.
struct FleetRows {
    struct Group {
        /// The title; a state's groups have their own titles.
        var name: String
        var addons: [HealthReport.Addon]
        /// The addons of the group that are on the page.
        var shown: ArraySlice<HealthReport.Addon> = []
    }

    /// Databases that cannot be judged for one reason of their account.
    struct Fold {
        var account: String
        var count: Int
    }

    let grouping: FleetQuery.Grouping
    /// Every group with the part of it that is on the page.
    let groups: [Group]
    let folds: [Fold]
    let page: Int
    let pages: Int
    /// Rows of all pages.
    let count: Int
    /// Of the page, from 1; empty without rows.
    let range: ClosedRange<Int>?

    init(_ report: HealthReport, _ query: FleetQuery) {
        let chosen = report.filtered(by: query.filter).addons
        grouping = query.grouping
        // Who asks for the unknown ones wants to see them.
        let isFolding = query.filter.states.isEmpty && grouping == .state
        var counts: [String: Int] = [:]
        let addons = chosen.filter { addon in
            guard isFolding, report.isUnknownWithAccount(addon) else { return true }
            counts[addon.account, default: 0] += 1
            return false
        }
        folds = counts.sorted { $0.key < $1.key }.map { Fold(account: $0.key, count: $0.value) }
        count = addons.count
        let size = HealthReport.Page.size
        pages = HealthReport.Page.count(count)
        page = min(max(1, query.page ?? 1), pages)
        let from = (page - 1) * size
        let to = min(from + size, count)
        range = from < to ? from + 1...to : nil
        var position = 0
        groups = Self.groups(addons, by: grouping).map { group in
            var group = group
            let begin = min(max(from - position, 0), group.addons.count)
            let end = min(max(to - position, begin), group.addons.count)
            group.shown = group.addons[begin..<end]
            position += group.addons.count
            return group
        }
    }

    /// The groups with the worst addon first.
    private static func groups(_ addons: [HealthReport.Addon], by grouping: FleetQuery.Grouping) -> [Group] {
        if grouping == .state {
            let byState = Dictionary(grouping: addons) { StateGroup($0.state) }
            return StateGroup.allCases.map { Group(name: $0.rawValue, addons: byState[$0] ?? []) }
        }
        let byName = Dictionary(grouping: addons) { addon -> String in
            switch grouping {
            case .state, .account: addon.account
            case .project: "\(addon.account)/\(addon.project)"
            case .policy: addon.policy ?? ""
            case .owner: addon.owner ?? ""
            }
        }
        func rank(_ group: Group) -> Int {
            let worst = group.addons.first.flatMap { HealthState.named($0.state) } ?? .unknown
            return HealthState.allCases.firstIndex(of: worst) ?? 0
        }
        return byName.map { Group(name: $0.key, addons: $0.value) }
            .sorted { (rank($0), $0.name) < (rank($1), $1.name) }
    }
}

/// The sections of the page: how much each state matters.
enum StateGroup: String, CaseIterable {
    case bad, unknown, leftOut, ok

    init(_ state: String) {
        self =
            switch Tone(state) {
            case .bad, .odd: .bad
            case .unknown: .unknown
            case .quiet: .leftOut
            case .good: .ok
            }
    }

    var title: HTML {
        switch self {
        case .bad: "Not protected as decided"
        case .unknown: "Cannot be judged"
        case .leftOut: "Left out on purpose"
        case .ok: "Protected as decided"
        }
    }

    var note: HTML {
        switch self {
        case .bad: "worst first"
        case .unknown: "one line for each cause"
        case .leftOut: "no alerts"
        case .ok: "by name"
        }
    }
}
