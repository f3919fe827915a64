import Backups

/// The longer sentences of findings for which a completed backup cannot be trusted to be enough.
extension Finding {
    static func empty(_ type: BackupType, _ time: Timestamp, _ zeros: Zeros, _ now: Timestamp) -> String {
        guard zeros.inARow > 1 else {
            let usual = zeros.usual.map { "; usual \(text($0))" } ?? ""
            return "the last completed \(type.noun) (\(time.atUTC)) has 0 bytes\(usual)"
        }
        return "the last \(CountText.text(zeros.inARow)) completed \(type.noun)s have 0 bytes"
            + (zeros.lastWithData.map { "; last with data \($0.ago(now))" } ?? "")
    }

    static func oddSize(_ type: BackupType, _ time: Timestamp, _ size: Int64, _ band: SizeBand) -> String {
        "the last completed \(type.noun) (\(time.atUTC)) has \(SizeText.text(size)); usual \(text(band))"
    }

    static func futureDated(_ count: Int, _ latest: Timestamp, _ now: Timestamp) -> String {
        "\(CountText.text(count, of: "backup")) \(count == 1 ? "is" : "are") dated in the future "
            + "(latest \(latest.atUTC), \(DurationText.age(latest - now)) ahead of Northflank's clock); "
            + "\(count == 1 ? "it does" : "they do") not count"
    }

    static func tooShallow(_ type: BackupType?, _ retention: Duration, _ gap: Duration, _ hole: Duration) -> String {
        "\(type.noun)s are kept for \(limit(retention)) and are due every \(limit(gap)): "
            + (hole > .zero
                ? "no restorable point for up to \(limit(hole)) before each slot"
                : "no restorable point from each slot until its backup has completed")
    }

    static func removedEarly(_ type: BackupType, _ removal: Removals.Removal) -> String {
        let all = removal.removed + removal.left
        let (least, most) = (DurationText.age(removal.early.lowerBound), DurationText.age(removal.early.upperBound))
        let early = least == most ? least : "\(least) to \(most)"
        return "\(CountText.text(removal.removed)) of \(CountText.text(all, of: "completed \(type.noun)")) left "
            + "Northflank's list \(early) before their retention (\(limit(removal.retention))) ended; "
            + "\(CountText.text(removal.left)) \(removal.left == 1 ? "is" : "are") left"
    }

    private static func text(_ band: SizeBand) -> String { "\(SizeText.text(band.low)) to \(SizeText.text(band.high))" }
}

extension FindingContext {
    var policyName: String { policy.map { "policy \($0)" } ?? "the policy" }
}
