/// The newest finished attempts.
struct Attempts {
    private let newest: Attempt
    /// The number of attempts that did not complete, up to the newest.
    let inARow: Int
    /// The end of the first of them; of the newest if it has completed.
    let rowSince: Timestamp

    /// - Parameter attempts: newest first.
    /// - Returns: nil if no attempt has finished.
    init?(_ attempts: [Attempt]) {
        guard let newest = attempts.first(where: \.isFinished) else { return nil }
        self.newest = newest
        let row = attempts.prefix { $0.status != .completed }.filter(\.isFinished)
        inARow = row.count
        rowSince = (row.last ?? newest).endOrCreation
    }

    var type: BackupType { newest.type }

    var isFailure: Bool { newest.status != .completed }

    var finding: Finding {
        .attemptFailed(type: newest.type, status: newest.status, at: newest.endOrCreation, inARow: inARow)
    }
}

extension Attempt {
    /// Whether the attempt counts as completed or failed. An aborted one does not, because it was aborted on purpose.
    var isFinished: Bool { status.isTerminal && status != .aborted }
}
