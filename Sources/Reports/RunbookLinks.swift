/// Where the runbooks are.
package struct RunbookLinks: Equatable, Sendable {
    /// The address of their folder, without a slash at its end; nil if none is configured.
    package var base: String?

    package init(base: String? = nil) { self.base = base }

    /// The address of a runbook; its name alone without a folder.
    package func runbook(_ name: String) -> String { base.map { "\($0)/\(name).md" } ?? name }
}
