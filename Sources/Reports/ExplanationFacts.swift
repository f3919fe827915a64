package import Backups
package import Fleet
package import Settings

/// What an explanation is made of: all that the exporter knows of one addon.
package struct ExplanationFacts: Sendable {
    package var addon: Addon
    /// Nil if the history has nothing of it.
    package var past: AddonPast?
    package var decided: ResolvedDecisions
    package var account: AccountStatus
    package var configuration: AccountConfiguration
    /// Whether addons are polled when a backup of a slot should have ended.
    package var usesSlots: Bool
    package var now: Timestamp
    /// Every known backup but imports, the newest first. One without a type has that of the schedules, if all of them have
    /// one type.
    let attempts: [KnownBackup]
    /// The completed ones of these that are listed, the newest first.
    let points: [KnownBackup]

    package init(
        _ addon: Addon, past: AddonPast?, decided: ResolvedDecisions, account: AccountStatus,
        configuration: AccountConfiguration, usesSlots: Bool, now: Timestamp
    ) {
        self.addon = addon
        self.past = past
        self.decided = decided
        self.account = account
        self.configuration = configuration
        self.usesSlots = usesSlots
        self.now = now
        let scheduled = BackupType.scheduled.filter { type in
            !(addon.record?.schedules ?? []).calendar(of: type, zone: account.polling.zone).isEmpty
        }
        attempts = (past?.backups ?? []).lazy.filter { $0.backup.type != .imported }.map { known in
            var known = known
            if known.backup.type == .unknown, scheduled.count == 1 { known.backup.type = scheduled[0] }
            return known
        }
        points = attempts.filter { $0.isListed && $0.backup.status == .completed }
    }

    var decisions: Decisions { decided.decisions }

    var zone: Zone { account.polling.zone }

    /// Nil for an addon that is watched.
    var goneSince: Timestamp? { addon.isGone ? addon.record?.absence?.since : nil }

    /// Whether the configuration names the addon itself.
    var isConfigured: Bool {
        configuration.addons.contains { $0.project == addon.key.project && $0.addon == addon.key.addon }
    }

    /// Where the configuration names the addon itself, such as `config.yml:14`; nil if no file does.
    var configuredAt: String? {
        configuration.addons.first { $0.project == addon.key.project && $0.addon == addon.key.addon }?.place
    }

    /// Where the value of a policy's key stands, such as `policy gold (config.yml:31)`; nil if nothing decides it.
    func source(_ key: String) -> String? { decided.sources[key]?.text }

    /// The durations by which the grace and the limit of a running backup are decided.
    func durations(_ type: BackupType) -> Durations {
        Durations(
            milliseconds: attempts.lazy.map(\.backup).filter { $0.type == type && $0.status == .completed }
                .compactMap { backup in backup.completedAt.map { $0.millisecondsSince(backup.createdAt) } }
                .filter { $0 >= 0 })
    }

    func stuckLimit(_ type: BackupType) -> Duration { durations(type).stuckLimit }

    func grace(_ type: BackupType) -> Duration { Objectives(decisions).grace(durations(type)) }

    func calendar(_ type: BackupType) -> SlotCalendar {
        (addon.record?.schedules ?? []).calendar(of: type, zone: zone)
    }

    /// Whether a kind of finding holds, for a type or for all types together.
    func holds(_ kind: String, _ type: BackupType? = nil) -> Bool {
        addon.verdict.findings.contains {
            $0.kind?.rawValue == kind && ($0.type == type || $0.type == nil || type == nil)
        }
    }
}

extension DecisionSource {
    /// Such as `policy gold (config.yml:31)`.
    var text: String {
        let place = file.map { file in "\(file)\(line.map { ":\($0)" } ?? "")" }
        let name = policy.map { "policy \($0)" } ?? key
        return name + (place.map { " (\($0))" } ?? "")
    }

    /// The place alone, such as `config.yml:31`; nil without a file.
    var place: String? { file.map { file in "\(file)\(line.map { ":\($0)" } ?? "")" } }
}
