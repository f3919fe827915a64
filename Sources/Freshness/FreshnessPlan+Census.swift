import Backups

extension FreshnessPlan {
    /// Unexpected backups of an addon in a minute that the sentinel counts with: one in two days.
    private static let surprises = 1.0 / 2880

    /// Polls that are expected, by minute from now.
    fileprivate struct Expectation {
        var polls: [Double]
        /// By project, the part of them that the sentinel may see.
        var visible: [[Double]]
    }

    /// Counts the expected ends of all addons, if it is time, and shares out what is left.
    mutating func takeCensus(now: Double, budget: Budget) {
        guard census.begin(now: now, budget: budget) else { return }
        let expectation = expectation(now: now, until: census.reset)
        census.count(expectation.polls)
        let spare = spare(budget)
        if census.adjust(spare: spare, kept: kept(budget)) {
            for id in entries.indices where entries[id].nextExpected <= census.reset { movePoll(id, now: now) }
        }
        share(expectation.visible, spare: spare, now: now, budget: budget)
    }

    private func expectation(now: Double, until reset: Double) -> Expectation {
        let minutes = max(1, Int(((reset - now) / 60).rounded(.up)))
        var expectation = Expectation(polls: [Double](repeating: 0, count: minutes), visible: [])
        if settings.usesSentinel {
            expectation.visible = (0..<roster.projectCount).map { project in
                let members = Double(roster.members(ofProject: project).count)
                return [Double](repeating: members * Self.surprises, count: minutes)
            }
        }
        for id in entries.indices {
            let entry = entries[id]
            let isExpecting = settings.usesSlots && entry.nextExpected <= reset
            let project = settings.usesSentinel ? roster.project(of: id) : nil
            if entry.isBusy, entry.nextExpected > now || !settings.usesSlots {
                // A surprise, of which only the sentinel can see the end.
                expectation.add(.init(from: entry.busySince, lag: .unknown), entry, project, now: now)
            } else if !isExpecting, queues.contains(id, in: .due) {
                expectation.add(1, minute: 0, nil)
            }
            guard isExpecting else { continue }
            let seeing = webhookTrust.isTrusted(id) ? nil : project
            for expected in entry.outlook.expected {
                guard expected.from <= reset else { break }
                expectation.add(expected, entry, seeing, now: now)
            }
        }
        return expectation
    }

    /// Shares the sentinel's requests out over projects and minutes: by the root of the ends to be seen, since twice
    /// the readings halve the delay of all of them.
    private mutating func share(_ visible: [[Double]], spare: Double, now: Double, budget: Budget) {
        let requests = min(Double(budget.left), max(keptForSentinel(budget), spare * Self.sentinelShare))
        var weight = 0.0
        for (project, minutes) in visible.enumerated() {
            let cost = Double(sentinel.requests(project))
            for expected in minutes { weight += (expected * cost).squareRoot() }
        }
        for (project, minutes) in visible.enumerated() {
            let cost = Double(sentinel.requests(project))
            let part = weight > 0 ? (minutes[0] * cost).squareRoot() / weight : 0
            sentinel.setSavingRate(project, requests * part / 60, now: now)
            planReading(project, now: now)
        }
    }
}

extension FreshnessPlan.Expectation {
    /// - Parameter project: whose sentinel may see the end; nil if none does.
    fileprivate mutating func add(_ expected: Outlook.Expected, _ entry: Entry, _ project: Int?, now: Double) {
        let rest = Rest(expected, after: entry.lastKnownRunning(expected))
        if rest.isEmpty {
            // Overdue: sooner or later, the later the longer it takes.
            add(60 / max(60, (now - expected.from) * Entry.overdueShare), minute: 0, project)
        }
        rest.forEachShare { lag, weight in
            add(weight, minute: max(0, Int((expected.from + lag - now) / 60)), project)
        }
    }

    fileprivate mutating func add(_ share: Double, minute: Int, _ project: Int?) {
        guard minute < polls.count else { return }
        polls[minute] += share
        if let project { visible[project][minute] += share }
    }
}
