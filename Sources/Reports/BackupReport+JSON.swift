import Backups
import FoundationEssentials

/// The report as JSON: times RFC 3339 in UTC, durations in seconds.
extension BackupReport {
    private struct Document: Encodable {
        var from: String
        var to: String
        var generatedAt: String
        var version: String
        var accounts: [Account]
        var databases: Int
        var judged: Int
        var protected: Int
        var unobserved: [Range]
        var slots: Slots
        var policies: [Policy]
        var addons: [Addon]
    }

    private struct Account: Encodable {
        var account: String
        var timeZone: String
    }

    private struct Range: Encodable {
        var from: String
        var to: String
    }

    private struct Slots: Encodable {
        var due: Int
        var kept: Int
        var failed: Int
        var missed: Int
        var notJudged: Int
        var inMaintenanceWindows: Int
    }

    private struct Policy: Encodable {
        @OrNull var policy: String?
        var databases: Int
        var judged: Int
        var protected: Int
        var slots: Slots
        @OrNull var lowestWithinObjectiveRatio: Double?
    }

    private struct RecoveryPoint: Encodable {
        @OrNull var p50Seconds: Int64?
        @OrNull var p95Seconds: Int64?
        @OrNull var worstSeconds: Int64?
        @OrNull var worstEndedAt: String?
        /// The time in which no backup was restorable.
        var withoutSeconds: Int64
    }

    private struct Breach: Encodable {
        @OrNull var type: String?
        var ageSeconds: Int64
        var limitSeconds: Int64
        @OrNull var endedAt: String?
    }

    private struct Restores: Encodable {
        @OrNull var lastAt: String?
        @OrNull var provenAgeSeconds: Int64?
        @OrNull var longestGapSeconds: Int64?
        @OrNull var limitSeconds: Int64?
        @OrNull var overdueSince: String?
    }

    private struct Waiver: Encodable {
        var owner: String
        var reason: String
        var from: String
        var until: String
        var ended: String
    }

    private struct Addon: Encodable {
        var account: String
        var project: String
        var addon: String
        var type: String
        var tags: [String]
        @OrNull var policy: String?
        @OrNull var owner: String?
        var watchedSince: String
        var observedSeconds: Int64
        var unobserved: [Range]
        @OrNull var protected: Bool?
        @OrNull var notJudgedReason: String?
        @OrNull var failure: String?
        var slots: Slots
        var slotsByType: [String: Slots]
        @OrNull var withinObjectiveRatio: Double?
        var withinObjectiveSeconds: Int64
        var outsideObjectiveSeconds: Int64
        @OrNull var recoveryPoint: RecoveryPoint?
        @OrNull var worstBreach: Breach?
        var restorablePoints: Int
        @OrNull var oldestPointAgeSeconds: Int64?
        var removedEarly: Int
        var restores: Restores
        var waivers: [Waiver]
        var pauses: [Range]
        @OrNull var goneSince: String?
    }

    package var json: [UInt8] {
        let document = Document(
            from: request.from, to: request.to, generatedAt: madeAt.text, version: version,
            accounts: accounts.map { Account(account: $0, timeZone: zones[$0] ?? "UTC") }, databases: addons.count,
            judged: judged.count, protected: judged.count - unprotected.count,
            unobserved: observation.unobserved.map(Range.init), slots: Slots(slots),
            policies: policies.map { policy in
                Policy(
                    policy: policy.name == ReportRequest.noPolicy ? nil : policy.name, databases: policy.databases,
                    judged: policy.judged, protected: policy.whole, slots: Slots(policy.slots),
                    lowestWithinObjectiveRatio: policy.lowestShare)
            }, addons: addons.map { Addon($0, in: request.range) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        // Texts and numbers can always be encoded.
        return (try? encoder.encode(document)).map { Array($0) + [UInt8(ascii: "\n")] } ?? []
    }
}

extension BackupReport.Range {
    fileprivate init(_ range: Swift.Range<Timestamp>) {
        self.init(from: range.lowerBound.text, to: range.upperBound.text)
    }
}

extension BackupReport.Slots {
    fileprivate init(_ slots: ReportedAddon.Slots) {
        self.init(
            due: slots.due, kept: slots.kept, failed: slots.failed, missed: slots.missed, notJudged: slots.notJudged,
            inMaintenanceWindows: slots.forgiven)
    }
}

extension BackupReport.Addon {
    fileprivate init(_ addon: ReportedAddon, in range: Swift.Range<Timestamp>) {
        func seconds(_ duration: Duration?) -> Int64? { duration?.components.seconds }
        func seconds(_ age: Backups.RecoveryPoint.Age) -> Int64? {
            if case .known(let duration) = age { duration.components.seconds } else { nil }
        }
        self.init(
            account: addon.key.account, project: addon.key.project, addon: addon.key.addon, type: addon.type,
            tags: addon.tags, policy: addon.policy, owner: addon.owner, watchedSince: addon.watchedSince.text,
            observedSeconds: addon.observed.components.seconds,
            unobserved: addon.unobserved.map(BackupReport.Range.init), protected: addon.isProtected,
            notJudgedReason: addon.notJudged?.rawValue,
            failure: addon.isProtected == false ? addon.failure(in: range) : nil, slots: .init(addon.allSlots),
            slotsByType: Dictionary(
                uniqueKeysWithValues: addon.slots.map { ($0.type.label, BackupReport.Slots($0.value)) }),
            withinObjectiveRatio: addon.share.ratio,
            withinObjectiveSeconds: addon.share.within.components.seconds,
            outsideObjectiveSeconds: addon.share.outside.components.seconds,
            recoveryPoint: addon.recoveryPoint.map { point in
                .init(
                    p50Seconds: seconds(point.p50), p95Seconds: seconds(point.p95),
                    worstSeconds: seconds(point.worst), worstEndedAt: point.worstEnded?.text,
                    withoutSeconds: point.without.components.seconds)
            },
            worstBreach: addon.breach.map { breach in
                .init(
                    type: breach.type?.label, ageSeconds: breach.age.components.seconds,
                    limitSeconds: breach.limit.components.seconds, endedAt: breach.ended?.text)
            },
            restorablePoints: addon.restorablePoints, oldestPointAgeSeconds: seconds(addon.oldestPointAge),
            removedEarly: addon.removedEarly,
            restores: .init(
                lastAt: addon.restores.last?.text, provenAgeSeconds: seconds(addon.restores.ageOfProven),
                longestGapSeconds: seconds(addon.restores.longestGap), limitSeconds: seconds(addon.restores.limit),
                overdueSince: addon.restores.overdueSince?.text),
            waivers: addon.waivers.map { waiver in
                .init(
                    owner: waiver.owner, reason: waiver.reason, from: waiver.from.text, until: waiver.until.text,
                    ended: waiver.end.text)
            },
            pauses: addon.pauses.map(BackupReport.Range.init), goneSince: addon.goneSince?.text)
    }
}
