package import Backups

extension HealthReport {
    /// What makes the verdicts incomplete, or says how far the first checks are: of one account or of several with the
    /// same cause.
    package struct AccountLine: Equatable, Sendable {
        /// The accounts' names, or `exporter` for what concerns the exporter itself.
        package var names: [String]
        package var text: String
        /// Whether something is wrong, as opposed to progress.
        package var isTrouble: Bool
    }

    /// A line for each cause, troubles first; empty if all accounts can be read and every addon was checked.
    package var accountLines: [AccountLine] {
        var groups: [(error: Problem, accounts: [Account])] = []
        for account in accounts {
            guard let error = account.error, error.reason != "first_checks" else { continue }
            if let index = groups.firstIndex(where: {
                $0.error.isSameCause(as: error) && $0.accounts[0].reachable == account.reachable
            }) {
                groups[index].error.since = min(groups[index].error.since, error.since)
                groups[index].accounts.append(account)
            } else {
                groups.append((error, [account]))
            }
        }
        let errors = groups.map { error, accounts in
            AccountLine(
                names: error.reason == "clock" ? ["exporter"] : accounts.map(\.account),
                text: text(of: error, accounts: accounts), isTrouble: true)
        }
        let findings = accounts.flatMap { account in
            (account.findings ?? []).map {
                AccountLine(names: [account.account], text: $0.text.asSentence, isTrouble: true)
            }
        }
        let progress = accounts.compactMap { account in
            account.firstChecks.map {
                let text = $0.text(now: madeAt).withFullStop
                return AccountLine(names: [account.account], text: text, isTrouble: false)
            }
        }
        return errors + findings + progress
    }

    /// The error of accounts in words: what happened, since when, what it means, and what to do.
    private func text(of error: Problem, accounts: [Account]) -> String {
        var sentences = [error.fact(now: madeAt)]
        if accounts.contains(where: { $0.reachable == false }) { sentences.append(consequence(accounts)) }
        sentences += [error.remedy].compactMap(\.self)
        // The first one follows the names of the accounts.
        return sentences.enumerated().map { $0 == 0 ? $1.withFullStop : $1.asSentence }.joined(separator: " ")
    }

    /// How many databases the error keeps from being judged.
    private func consequence(_ accounts: [Account]) -> String {
        let names = Set(accounts.map(\.account))
        let unknown = addons.count { names.contains($0.account) && $0.state == HealthState.unknown.rawValue }
        if unknown > 0 { return "\(CountText.text(unknown, of: "database")) cannot be judged" }
        let known = accounts.reduce(0) { $0 + $1.addons }
        return known > 0 ? "\(CountText.text(known, of: "database")) cannot be checked" : "No database is known yet"
    }

    /// Whether the error of its account, or the first checks, are the only reason for which an addon is not judged: then
    /// the line of the account says it.
    package func isUnknownWithAccount(_ addon: Addon) -> Bool {
        guard addon.state == HealthState.unknown.rawValue, addon.findings.allSatisfy({ $0.kind == "not-observed" }),
            let account = accounts.first(where: { $0.account == addon.account })
        else { return false }
        if account.firstChecks != nil, addon.error.map({ $0.reason == "first_checks" }) ?? true { return true }
        guard let error = account.error, account.reachable == false || error.reason == "budget" else { return false }
        return addon.error.map { $0.reason == error.reason } ?? true
    }

    /// Whether no account can be read, so that every verdict is one of before.
    var isOutage: Bool {
        let accounts = accounts.filter { $0.addons > 0 }
        return !accounts.isEmpty && accounts.allSatisfy { $0.reachable == false }
    }
}

extension HealthReport.Problem {
    /// Whether another one differs in its beginning at most.
    fileprivate func isSameCause(as other: HealthReport.Problem) -> Bool {
        var other = other
        other.since = since
        return self == other
    }
}

extension HealthReport.FirstChecks {
    /// How far they are, in words.
    package func text(now: Timestamp) -> String {
        guard of > 0 else { return "first checks: the lists of projects and addons are not read yet" }
        let end =
            expectedEnd.flatMap { Timestamp(rfc3339: $0) }
            .map { "; complete by about \($0.clock(now: now))" } ?? ""
        let budget = requestsPerHour.map { " (request budget: \(CountText.text($0)) an hour)" } ?? ""
        return "first checks: \(CountText.text(observed)) of \(CountText.text(of, of: "database")) done\(end)\(budget)"
    }
}

extension String {
    fileprivate var withFullStop: String { hasSuffix(".") ? self : self + "." }
}
