import Backups

@testable import Freshness

extension FreshnessPlan {
    /// What contradicts the invariant that `PollQueues` documents.
    func queueViolations() -> [String] {
        entries.indices.flatMap { id -> [String] in
            let queues = PollQueues.Queue.allCases.filter { self.queues.contains(id, in: $0) }
            guard roster.id(roster.key(id)) == id else { return queues.isEmpty ? [] : ["\(id) is gone: \(queues)"] }
            let isInFlight = flights.contains(roster.key(id))
            return violations(Set(queues), isInFlight: isInFlight, entries[id].wasPolled)
                .map { "\(roster.key(id)) \($0): \(queues)" }
        }
    }

    private func violations(_ queues: Set<PollQueues.Queue>, isInFlight: Bool, _ wasPolled: Bool) -> [String] {
        guard !isInFlight else { return queues.isEmpty ? [] : ["is in flight and waits"] }
        var violations: [String] = []
        func require(_ condition: Bool, _ violation: String) { if !condition { violations.append(violation) } }
        require(!queues.isDisjoint(with: [.neverPolled, .sweep, .retries, .due]), "will not be polled")
        require(!queues.contains(.neverPolled) || queues.count == 1, "was never polled and waits for something else")
        require(!wasPolled || queues.contains(.sweep) && !queues.contains(.neverPolled), "was polled")
        require(queues.intersection([.retries, .due, .optional]).count <= 1, "waits twice")
        let expects = queues.contains(.expectedEnds)
        require(!expects || queues.contains(.sweep), "expects an end outside the sweep")
        require(!expects || !queues.contains(.retries), "expects an end and is tried again")
        require(!queues.contains(.optional) || queues.contains(.sweep), "is optional outside the sweep")
        return violations
    }
}
