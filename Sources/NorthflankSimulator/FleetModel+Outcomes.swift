/// How many backups of an addon ended in which way since the simulator was made.
package struct SimulatedOutcomes: Sendable, Equatable {
    /// The project's slug.
    package var project: String
    /// The addon's slug.
    package var addon: String
    /// How many ended well.
    package var completed = 0
    /// How many ended in failure.
    package var failed = 0
    /// How many somebody ended.
    package var aborted = 0
    /// How many the addon does not support.
    package var notSupported = 0

    /// None yet, unless told otherwise.
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

/// A backup starts or ends.
struct BackupEvent: Sendable, Equatable {
    /// The word after `addon-backup:`.
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
    /// What ended after the anchor and by `now`, listed or not. What was deleted first has never ended.
    func outcomes(now: Double) -> [SimulatedOutcomes] {
        let start = Timestamp.milliseconds(anchor)
        let instant = Timestamp.milliseconds(now)
        return addresses.map { address in
            var outcomes = SimulatedOutcomes(
                project: projects[address.project].id, addon: identity(at: address).id)
            // A backup by hand may end at the very instant of the start.
            for run in runs(at: address, endingAfter: start - 1, now: now)
            where run.ended <= instant && run.ended <= deletion(of: run, at: address) {
                if case .manual = run.kind {} else if run.ended == start { continue }
                outcomes.count(run.outcome)
            }
            return outcomes
        }
    }

    /// What starts or ends after one instant and by another, both in milliseconds since 1970, in the order of time.
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
        // A stable order: what starts and ends at one instant starts first.
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
