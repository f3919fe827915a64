/// When an addon was within its objective: the stricter limit of each type that has one, as it was at the time.
struct ObjectiveTimes: Equatable {
    /// A time in which the newest restorable backup of a type was older than its limit.
    struct Breach: Equatable {
        /// Nil for all types together.
        var type: BackupType?
        var age: Duration
        var limit: Duration
        var end: Timestamp
    }

    /// In milliseconds.
    private(set) var within: Int64 = 0
    private(set) var outside: Int64 = 0
    /// The breach that exceeded its limit most; nil without one, or if no backup was restorable in all of them.
    private(set) var worst: Breach?

    /// - Parameter times: those that count.
    init(_ limits: ObjectiveLimits, times: [Range<Timestamp>]) {
        for time in times {
            for piece in limits.pieces(in: time) {
                let objectives = limits.objectives(piece)
                guard let from = objectives.map(\.from).min() else { continue }
                let crossing = min(max(from, piece.lowerBound), piece.upperBound)
                // Before the first backup is due, there is nothing to be within.
                if objectives.contains(where: { $0.since != nil }) {
                    within += crossing.millisecondsSince(piece.lowerBound)
                }
                outside += piece.upperBound.millisecondsSince(crossing)
                for objective in objectives where objective.from < piece.upperBound {
                    note(objective, end: piece.upperBound)
                }
            }
        }
    }

    private mutating func note(_ objective: ObjectiveLimits.Objective, end: Timestamp) {
        guard let since = objective.since, let limit = objective.limit else { return }
        let breach = Breach(type: objective.type, age: end - since, limit: limit, end: end)
        if worst.map({ breach.age - breach.limit >= $0.age - $0.limit }) ?? true { worst = breach }
    }
}
