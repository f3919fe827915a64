import Backups

extension ReportDocument.Span {
    init(_ range: Range<Timestamp>) {
        self.init(from: range.lowerBound.text, to: range.upperBound.text)
    }
}

extension ReportDocument.Slots {
    init(_ slots: ReportedAddon.Slots) {
        self.init(
            due: slots.due, kept: slots.kept, failed: slots.failed, missed: slots.missed, notJudged: slots.notJudged,
            inMaintenanceWindows: slots.forgiven)
    }
}

extension ReportDocument.Addon {
    init(_ addon: ReportedAddon, in range: Range<Timestamp>) {
        func seconds(_ duration: Duration?) -> Int64? { duration?.components.seconds }
        func seconds(_ age: RecoveryPoint.Age) -> Int64? {
            if case .known(let duration) = age { duration.components.seconds } else { nil }
        }
        self.init(
            account: addon.key.account, project: addon.key.project, addon: addon.key.addon, type: addon.type,
            tags: addon.tags, policy: addon.policy, owner: addon.owner, watchedSince: addon.watchedSince.text,
            observedSeconds: addon.observed.components.seconds,
            unobserved: addon.unobserved.map(ReportDocument.Span.init), protected: addon.isProtected,
            notJudgedReason: addon.notJudged?.rawValue,
            failure: addon.isProtected == false ? addon.failure(in: range) : nil, slots: .init(addon.allSlots),
            slotsByType: Dictionary(
                uniqueKeysWithValues: addon.slots.map { ($0.type.label, ReportDocument.Slots($0.value)) }),
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
            pauses: addon.pauses.map(ReportDocument.Span.init), goneSince: addon.goneSince?.text)
    }
}
