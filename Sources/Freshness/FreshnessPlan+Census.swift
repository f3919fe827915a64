import Backups

extension FreshnessPlan {
    /// Unexpected backups of an addon in a minute that the sentinel reckons with: one in two days.
    private static let surprises = 1.0 / 2880
    /// Patience and slack when there are three times as many requests as ends, and when there are too few.
    private static let inPlenty = (patience: 0.6, slack: 0.02)
    private static let inNeed = (patience: 1.0, slack: 0.2)

    /// Looks at all addons, if it is time.
    mutating func takeCensus(now: Double, budget: Budget) {
        let isNewWindow = budget.left > census.left || budget.allowance != census.allowance
        guard now >= census.next || isNewWindow || now >= census.reset else {
            census.left = budget.left
            return
        }
        (census.next, census.reset) = (now + Census.gap, now + budget.secondsToReset)
        (census.allowance, census.left) = (budget.allowance, budget.left)
        let news = countNews(now: now, until: census.reset)
        census.isUseful = settings.usesSentinel || census.polls > 0
        let spare = spare(budget)
        census.isShort = spare < kept(budget)
        let plenty = min(1, max(0, spare / max(1, 2 * census.polls)))
        let oldPatience = census.patience
        census.patience = Self.inNeed.patience + (Self.inPlenty.patience - Self.inNeed.patience) * plenty
        census.slack = Self.inNeed.slack + (Self.inPlenty.slack - Self.inNeed.slack) * plenty
        if abs(census.patience - oldPatience) > 0.01 {
            for id in nextExpected.indices where nextExpected[id] <= census.reset && asks.contains(id) {
                planAsk(id, now: now)
            }
        }
        if settings.usesSentinel { share(news, spare: spare, now: now, budget: budget) }
    }

    /// Counts the ends that are expected, by minute, and by minute and project those that the sentinel may see.
    private mutating func countNews(now: Double, until reset: Double) -> [[Double]] {
        let minutes = max(1, Int(((reset - now) / 60).rounded(.up)))
        var byMinute = [Double](repeating: 0, count: minutes)
        var news: [[Double]] = []
        if settings.usesSentinel {
            news = projects.map { [Double](repeating: Double($0.members.count) * Self.surprises, count: minutes) }
        }
        func count(_ expected: Outlook.Expected, _ entry: Entry, isSeen: Bool) {
            let rest = Rest(expected, after: lastKnownRunning(entry, expected))
            func add(_ share: Double, minute: Int) {
                byMinute[minute] += share
                if isSeen { news[entry.project][minute] += share }
            }
            if rest.isEmpty {
                // Overdue: sooner or later, the later the longer it takes.
                add(min(1, 60 / max(60, (now - expected.from) * Self.overdueShare)), minute: 0)
            }
            rest.forEachShare { lag, weight in
                let minute = max(0, Int((expected.from + lag - now) / 60))
                if minute < minutes { add(weight, minute: minute) }
            }
        }
        for id in nextExpected.indices {
            let isExpecting = settings.usesSlots && nextExpected[id] <= reset
            if entries[id].isBusy, nextExpected[id] > now || !settings.usesSlots {
                // A surprise, of which only the sentinel tells.
                count(.init(from: entries[id].busySince, lag: .unknown), entries[id], isSeen: true)
            } else if !isExpecting, ready.contains(id) {
                byMinute[0] += 1
            }
            guard isExpecting else { continue }
            let entry = entries[id]
            let isSeen = settings.usesSentinel && !isTrusted(entry)
            for expected in entry.outlook.expected {
                guard expected.from <= reset else { break }
                count(expected, entry, isSeen: isSeen)
            }
        }
        census.pollsByMinute = byMinute
        census.polls = byMinute.reduce(0, +)
        return news
    }

    /// Shares the sentinel's requests out over projects and minutes: by the root of the news to be seen, since twice
    /// the readings halve the delay of all of it.
    private mutating func share(_ news: [[Double]], spare: Double, now: Double, budget: Budget) {
        let requests = min(Double(budget.left), max(sentinelKept(budget), spare * Self.sentinelShare))
        var weight = 0.0
        for (project, minutes) in news.enumerated() {
            let cost = Double(projects[project].requests)
            for expected in minutes { weight += (expected * cost).squareRoot() }
        }
        for (project, minutes) in news.enumerated() {
            let cost = Double(projects[project].requests)
            let part = weight > 0 ? (minutes[0] * cost).squareRoot() / weight : 0
            let most = cost / Self.shortestReadGap
            setSavingRate(project, min(most, requests * part / 60), now: now)
        }
    }
}
