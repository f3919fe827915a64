package import Backups
import Settings

/// The answer to a question about one addon; problems are for people.
package enum ExplanationAnswer: Sendable {
    case explanation(Explanation)
    /// No such addon is watched.
    case unknown(String)
    /// Several accounts have an addon of that name.
    case ambiguous(String)
}

/// Finds an addon by its path: account, project and addon, of which the account can be left out.
package struct AddonSearch {
    package enum Result: Equatable, Sendable {
        case found(AddonKey)
        /// What is wrong and what to do, for people.
        case unknown(String)
        case ambiguous(String)
    }

    private static let mostNames = 3

    private let keys: [AddonKey]

    /// - Parameter keys: of all known addons.
    package init(_ keys: [AddonKey]) { self.keys = keys }

    package func find(_ path: [String]) -> Result {
        let found = keys.filter { $0.path.suffix(path.count).elementsEqual(path) }
        if found.count == 1 { return .found(found[0]) }
        let name = path.joined(separator: "/")
        guard !found.isEmpty else { return .unknown(unknown(path, name)) }
        let names = found.map { $0.path.joined(separator: "/") }.sorted().joined(separator: ", ")
        return .ambiguous("\(found.count) accounts have an addon \(name): \(names)\n  name the account, too")
    }

    private func unknown(_ path: [String], _ name: String) -> String {
        let names = Dictionary(
            keys.map { ($0.path.suffix(path.count).joined(separator: "/"), $0.path.joined(separator: "/")) },
            uniquingKeysWith: { first, _ in first })
        let nearest = EditDistance.nearest(Self.mostNames, to: name, in: names.keys).compactMap { names[$0] }
        var lines = ["no addon \(name) is watched"]
        lines.append("  nearest: \(nearest.isEmpty ? "none, no addon is known" : nearest.joined(separator: ", "))")
        let project = path.dropLast().joined(separator: "/")
        if keys.contains(where: { $0.path.dropLast().suffix(path.count - 1).elementsEqual(path.dropLast()) }) {
            lines.append("  all of project \(project): northflank-backup-exporter status \(project)/")
        }
        return lines.joined(separator: "\n")
    }
}

extension AddonKey {
    fileprivate var path: [String] { [account, project, addon] }
}
