package import Backups
package import Exposition
package import Fleet
package import Polling
package import Reports
package import Settings

/// The exporter as the HTTP server sees it.
package protocol ExporterEndpoints: Sendable {
    /// The metrics as they are now, those of the HTTP server included; rendered as the pieces are taken.
    func page(_ format: ExpositionFormat, _ web: WebStatus) -> any PagePieces
    /// Whether scrapes make sense.
    var isReady: Bool { get }
    /// The reason for which the exporter does not work, for people; nil if it works.
    var standstill: String? { get }
    /// Every addon with its verdict.
    func report() -> HealthReport
    /// The number of shards, and the address at which Prometheus reaches each; nil if not configured.
    var shards: (count: Int, addresses: [String]?) { get }
    /// Reads the configuration again.
    /// - Throws: `ConfigurationError` with every problem.
    func reload() throws(ConfigurationError)
    /// What was kept of every addon in a range of days. Reads the history, which takes as long as its disk does.
    /// - Throws: `ReportRequest.Problem` if the history has nothing of it.
    func backupReport(_ request: ReportRequest) throws(ReportRequest.Problem) -> BackupReport
    /// All that explains the verdict on an addon. Reads the history, which takes as long as its disk does.
    ///
    /// - Parameters:
    ///   - path: account, project and addon; the account can be left out.
    ///   - days: of slots.
    ///   - runbooks: where the explanation finds its runbook.
    func explain(_ path: [String], days: Int, runbooks: RunbookLinks) -> ExplanationAnswer
    /// Stops to miss an addon that is gone.
    func forget(_ key: AddonKey) -> Forgetting
    /// A copy of the history, or the reason for which there is none, for people. Polls go on while it is made.
    func copyState() async -> Result<StateFile, StateFile.Failure>
    /// Checks the secret of a webhook before its body is read, and counts refused senders.
    func check(webhookToken: String?) -> Webhooks.Answer
    /// Takes the secret, the event's id and the body of a webhook.
    func receive(webhookToken: String?, eventID: String?, body: [UInt8]) -> Webhooks.Answer
}

/// The bytes of a copy of the history.
package struct StateFile: Sendable {
    package struct Failure: Error, Equatable {
        /// For people.
        package let message: String

        package init(_ message: String) { self.message = message }
    }

    let size: Int
    let bytes: @Sendable (_ position: Int, _ count: Int) throws -> [UInt8]

    /// - Parameter bytes: as many bytes from a position on, which is within the size.
    package init(size: Int, bytes: @escaping @Sendable (_ position: Int, _ count: Int) throws -> [UInt8]) {
        (self.size, self.bytes) = (size, bytes)
    }
}
