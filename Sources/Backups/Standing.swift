/// Since when an addon's state and its findings hold.
package struct Standing: Equatable, Sendable {
    /// A finding that holds. A nil type means all types together.
    package struct Held: Equatable, Sendable {
        package var kind: FindingKind
        package var type: BackupType?
        package var since: Timestamp

        package init(kind: FindingKind, type: BackupType?, since: Timestamp) {
            self.kind = kind
            self.type = type
            self.since = since
        }
    }

    package var state: HealthState
    package var since: Timestamp
    /// In no particular order.
    package var findings: [Held]

    package init(state: HealthState, since: Timestamp, findings: [Held]) {
        self.state = state
        self.since = since
        self.findings = findings
    }

    /// The standing after a verdict.
    ///
    /// What begins to hold holds since the fact of which it is made, such as a failed attempt, and not since the check
    /// that found it.
    ///
    /// - Parameters:
    ///   - before: nil for the first verdict.
    ///   - began: when the first of several facts happened that a finding counts; nil for other findings.
    package init(
        _ verdict: Verdict, after before: Standing?, now: Timestamp, began: (Finding) -> Timestamp? = { _ in nil }
    ) {
        var findings: [Held] = []
        for finding in verdict.findings {
            guard let kind = finding.kind else { continue }
            let old = before?.findings.first { $0.kind == kind && $0.type == finding.type }
            let since = old?.since ?? min(began(finding) ?? finding.began ?? now, now)
            if !findings.contains(where: { $0.kind == kind && $0.type == finding.type }) {
                findings.append(Held(kind: kind, type: finding.type, since: since))
            }
        }
        self.findings = findings
        state = verdict.state
        if let before, before.state == verdict.state {
            since = before.since
        } else {
            // A state begins with the first of the findings that make it.
            since = zip(verdict.findings, findings).filter { $0.0.state == verdict.state }.map(\.1.since).min() ?? now
        }
    }

    /// Since when a kind of finding holds, for any type; nil if it does not hold.
    package func since(_ kind: FindingKind) -> Timestamp? {
        findings.lazy.filter { $0.kind == kind }.map(\.since).min()
    }

    /// Since when a finding holds; nil if it does not hold.
    package func since(_ finding: Finding) -> Timestamp? {
        findings.first { $0.kind == finding.kind && $0.type == finding.type }?.since
    }
}

extension Finding {
    /// The type of backup; nil for all types together.
    package var type: BackupType? {
        switch self {
        case .attemptFailed(let type, _, _, _), .unfinished(let type, _, _), .slotsMissed(let type, _, _),
            .empty(let type, _, _), .oddSize(let type, _, _, _), .removedEarly(let type, _):
            type
        case .tooOld(let type, _, _), .scheduleNotUnderstood(let type, _, _), .tooShallow(let type, _, _, _),
            .tooFew(let type, _, _):
            type
        case .neverCompleted, .noObjective, .schedulesForbidden, .notObserved, .gone, .futureDated, .unreadable, .cut,
            .tooShort, .restoreOverdue, .restoresUnreadable, .notSinceUpgrade, .paused:
            nil
        }
    }

    /// When the fact happened of which the finding is made; nil if it is not known.
    var began: Timestamp? {
        switch self {
        case .neverCompleted(let expectedBy): expectedBy
        case .attemptFailed(_, _, let at, _): at
        case .unfinished(_, let since, let limit): since + limit
        case .slotsMissed(_, let last, _): last
        case .tooOld(_, let since, let objective): since.map { $0 + objective }
        case .empty(_, let at, _), .oddSize(_, let at, _, _): at
        case .removedEarly(_, let removal): removal.at
        case .notObserved(let since, let limit): since.map { $0 + limit }
        case .gone(let since): since
        case .restoreOverdue(let last, let since, let limit): (last ?? since) + limit
        case .notSinceUpgrade(_, _, let at): at
        case .noObjective, .schedulesForbidden, .scheduleNotUnderstood, .futureDated, .tooShallow, .tooFew, .tooShort,
            .restoresUnreadable, .unreadable, .cut, .paused:
            nil
        }
    }
}
