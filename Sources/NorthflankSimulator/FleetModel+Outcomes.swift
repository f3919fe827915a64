/// The outcomes of an addon's backups since the start of the simulator.
package struct SimulatedOutcomes: Sendable, Equatable {
    /// The project's slug.
    package var project: String
    /// The addon's slug.
    package var addon: String
    /// Backups that completed.
    package var completed = 0
    /// Backups that failed.
    package var failed = 0
    /// Backups that were aborted.
    package var aborted = 0
    /// Backups that ended as `not-supported`.
    package var notSupported = 0

    /// All counts are 0 by default.
    package init(
        project: String, addon: String, completed: Int = 0, failed: Int = 0, aborted: Int = 0,
        notSupported: Int = 0
    ) {
        self.project = project
        self.addon = addon
        self.completed = completed
        self.failed = failed
        self.aborted = aborted
        self.notSupported = notSupported
    }

    fileprivate mutating func count(_ outcome: BackupRun.Outcome) {
        switch outcome {
        case .completed: completed += 1
        case .failed: failed += 1
        case .aborted: aborted += 1
        case .notSupported: notSupported += 1
        }
    }
}

/// The start or the end of a backup.
struct BackupEvent: Sendable, Equatable {
    /// The part of the event's name after `addon-backup:`.
    enum Kind: String, Sendable {
        case start, success, failure, abort
    }

    let kind: Kind
    let address: AddonAddress
    let run: BackupRun
    /// Milliseconds since 1970.
    let instant: Int64
}

extension FleetModel {
    /// The outcomes of backups that ended after the anchor and by `now`, listed or not. A backup that was deleted
    /// before its end does not count.
    func outcomes(now: Double) -> [SimulatedOutcomes] {
        let start = Timestamp.milliseconds(anchor)
        let instant = Timestamp.milliseconds(now)
        return addresses.map { address in
            var outcomes = SimulatedOutcomes(
                project: projects[address.project].id, addon: identity(at: address).id)
            // A backup by hand can end at the instant of the start.
            for run in runs(at: address, endingAfter: start - 1, now: now)
            where run.ended <= instant && run.ended <= deletion(of: run, at: address) {
                if case .manual = run.kind {} else if run.ended == start { continue }
                outcomes.count(run.outcome)
            }
            return outcomes
        }
    }

    /// The starts and ends after `after` and not after `last`, both in milliseconds since 1970, in order of time.
    func events(after: Int64, through last: Int64) -> [BackupEvent] {
        var events: [BackupEvent] = []
        for address in addresses {
            for run in runs(at: address, endingAfter: after, now: Timestamp.seconds(last)) {
                let end = min(last, deletion(of: run, at: address))
                if run.started > after, run.started <= end {
                    events.append(
                        BackupEvent(kind: .start, address: address, run: run, instant: run.started))
                }
                guard run.ended <= end else { continue }
                let kind: BackupEvent.Kind =
                    switch run.outcome {
                    case .completed: .success
                    case .failed, .notSupported: .failure
                    case .aborted: .abort
                    }
                events.append(
                    BackupEvent(kind: kind, address: address, run: run, instant: run.ended))
            }
        }
        // A stable order: the start of a run precedes its end at the same instant.
        return events.enumerated()
            .sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
            .map(\.element)
    }

    private var addresses: [AddonAddress] {
        identities.enumerated().flatMap { project, addons in
            addons.indices.map { AddonAddress(project: project, addon: $0) }
        }
    }
}
