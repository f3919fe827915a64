import Backups

/// The sentences of findings for which a completed backup cannot be trusted to be enough.
extension Finding {
    func suspicion(_ context: FindingContext) -> String {
        let now = context.now
        switch self {
        case .empty(let type, let time, let zeros):
            guard zeros.inARow > 1 else {
                let usual = zeros.usual.map { "; usual \(Self.text($0))" } ?? ""
                return "the last completed \(type.noun) (\(time.atUTC)) has 0 bytes\(usual)"
            }
            return "the last \(CountText.text(zeros.inARow)) completed \(type.noun)s have 0 bytes"
                + (zeros.lastWithData.map { "; last with data \($0.ago(now))" } ?? "")
        case .oddSize(let type, let time, let size, let band):
            return "the last completed \(type.noun) (\(time.atUTC)) has \(SizeText.text(size)); "
                + "usual \(Self.text(band))"
        case .removedEarly(let type, let removal): return Self.text(type, removal)
        case .futureDated(let count, let latest):
            return "\(CountText.text(count, of: "backup")) \(count == 1 ? "is" : "are") dated in the future "
                + "(latest \(latest.atUTC), \(DurationText.age(latest - now)) ahead of Northflank's clock); "
                + "\(count == 1 ? "it does" : "they do") not count"
        case .tooShallow(let type, let retention, let gap, let hole):
            return "\(type.noun)s are kept for \(Self.limit(retention)) and are due every \(Self.limit(gap)): "
                + (hole > .zero
                    ? "no restorable point for up to \(Self.limit(hole)) before each slot"
                    : "no restorable point from each slot until its backup has completed")
        case .tooFew(let type?, _, _): return "no completed \(type.noun) exists; \(context.policyName) requires one"
        case .tooFew(nil, let count, let limit):
            return "\(CountText.text(count, of: "restorable point")); \(context.policyName) requires \(limit)"
        case .tooShort(let oldest, let limit):
            return (oldest.map { "oldest restorable point: \($0.ago(now))" } ?? "no restorable point exists")
                + "; \(context.policyName) requires \(Self.limit(limit))"
        case .restoreOverdue(let last, let since, let limit):
            return
                (last.map { "last completed restore: \($0.ago(now))" }
                ?? "no completed restore since watching began \(since.ago(now))")
                + "; limit \(Self.limit(limit)) (\(context.policyName))"
        case .restoresUnreadable(let limit):
            return "the restores cannot be read; \(context.policyName) requires one every \(Self.limit(limit))"
        default: return ""
        }
    }

    private static func text(_ band: SizeBand) -> String { "\(SizeText.text(band.low)) to \(SizeText.text(band.high))" }

    private static func text(_ type: BackupType, _ removal: Removals.Removal) -> String {
        let all = removal.removed + removal.left
        let (least, most) = (DurationText.age(removal.early.lowerBound), DurationText.age(removal.early.upperBound))
        let early = least == most ? least : "\(least) to \(most)"
        return "\(CountText.text(removal.removed)) of \(CountText.text(all, of: "completed \(type.noun)")) left "
            + "Northflank's list \(early) before their retention (\(limit(removal.retention))) ended; "
            + "\(CountText.text(removal.left)) \(removal.left == 1 ? "is" : "are") left"
    }
}

extension FindingContext {
    var policyName: String { policy.map { "policy \($0)" } ?? "the policy" }
}
