import Backups

extension Explanation {
    /// Slots of a type on one day at most, for which each slot has a row; more have a letter for each hour.
    private static let mostRowsADay = 2

    var slotLines: [String] {
        let head = "SLOTS OF \(days) DAYS"
        if slots.isEmpty { return TextLayout.wrapped("none: \(noSlots ?? "")", after: "\(head)  ") }
        let types = BackupType.scheduled.map(\.label).filter { type in slots.contains { $0.type == type } }
        let counts = types.flatMap { type in TextLayout.wrapped(slotCounts(type), after: "\(head): ") }
        let indent = String(repeating: " ", count: head.count + 2)
        var lines = counts.enumerated().map { $0 == 0 ? $1 : indent + $1.dropFirst(indent.count) }
        let frequent = types.filter(isFrequent)
        let rows = slots.filter { !frequent.contains($0.type) }
        if !rows.isEmpty { lines += slotTable(rows) }
        for type in frequent { lines += dayTable(type, isOnly: types.count == 1) }
        return lines + reasons
    }

    /// Such as `14 dumps due: 11 completed, 3 failed`.
    private func slotCounts(_ type: String) -> String {
        let mine = slots.filter { $0.type == type }
        let counts = Slot.Outcome.allCases.compactMap { outcome in
            let count = mine.count { $0.outcome == outcome }
            return count > 0 || outcome == .completed ? "\(CountText.text(count)) \(outcome.text)" : nil
        }
        return "\(CountText.text(mine.count, of: type)) due: \(counts.joined(separator: ", "))"
    }

    private func isFrequent(_ type: String) -> Bool {
        Dictionary(grouping: slots.filter { $0.type == type }, by: \.due.date).contains {
            $0.value.count > Self.mostRowsADay
        }
    }

    private func slotTable(_ slots: [Slot]) -> [String] {
        TextLayout.table(
            [["due (UTC)", "type", "lag", "outcome", "took", "size", "id"]]
                + slots.map { slot in
                    let id = slot.backup.map { $0.shortID } ?? "-"
                    return [
                        slot.due.minute, slot.type, slot.lagSeconds.map { DurationText.attempt(.seconds($0)) } ?? "-",
                        slot.outcome.text, slot.backup?.tookText ?? "-", slot.backup?.sizeText ?? "-",
                        slot.outcome.isBad ? "\(id) \(Self.mark)" : id,
                    ]
                })
    }

    /// A line for each day with a letter for each hour: that of its worst slot.
    private func dayTable(_ type: String, isOnly: Bool) -> [String] {
        let mine = slots.filter { $0.type == type }
        let byDay = Dictionary(grouping: mine, by: \.due.date).sorted { $0.key > $1.key }
        var lines = ["day (UTC)   00    06    12    18" + (isOnly ? "" : "          \(type)s")]
        var whole = 0
        func flush() {
            if whole > 0 { lines.append("...         \(whole) more \(whole == 1 ? "day" : "days"), all C") }
            whole = 0
        }
        for (index, day) in byDay.enumerated() {
            // The latest days are always shown.
            if index > 2, day.value.allSatisfy({ $0.outcome == .completed }) {
                whole += 1
                continue
            }
            flush()
            let letters = (0..<24).map { hour -> String in
                let outcomes = day.value.filter { Int($0.due.clock.prefix(2)) == hour }.map(\.outcome)
                return outcomes.max { $0.rank < $1.rank }?.letter ?? " "
            }
            let pending = day.value.filter { $0.outcome == .pending }.max { $0.due < $1.due }
            let note = pending.map {
                "due \($0.due.clock), missed if not started by \($0.missedAt.clock)"
            }
            lines.append("\(day.key)  \(letters.joined())  \(note ?? "")".trimmedAtEnd)
        }
        flush()
        let used = Slot.Outcome.allCases.filter { outcome in mine.contains { $0.outcome == outcome } }
        return lines + TextLayout.wrapped(used.map { "\($0.letter) \($0.text)" }.joined(separator: "  "))
    }

    /// Why slots were not judged as usual, with their numbers.
    private var reasons: [String] {
        let reasons = Dictionary(grouping: slots.filter { $0.reason != nil }) {
            "\($0.outcome.text): \($0.reason ?? "")"
        }
        return reasons.sorted { $0.key < $1.key }.flatMap {
            TextLayout.wrapped("\($0.key) (\(CountText.text($0.value.count, of: "slot")))")
        }
    }
}

extension Explanation.Slot.Outcome {
    package var text: String {
        switch self {
        case .pending: "within grace"
        case .notJudged: "not judged"
        default: rawValue
        }
    }

    var letter: String {
        switch self {
        case .completed: "C"
        case .failed: "F"
        case .aborted: "a"
        case .running: "r"
        case .missed: "m"
        case .pending: "."
        case .covered: "c"
        case .forgiven: "-"
        case .notJudged: "?"
        }
    }

    /// Whether the slot has no completed backup though it should.
    package var isBad: Bool { self == .failed || self == .aborted || self == .missed }

    /// The worse outcome has the higher rank.
    package var rank: Int {
        let order: [Self] = [
            .forgiven, .completed, .covered, .notJudged, .pending, .running, .aborted, .failed, .missed,
        ]
        return order.firstIndex(of: self) ?? 0
    }
}

extension Explanation.Attempt {
    /// As much of the id as has room in a row: the beginning of a UUID, the end of another id.
    package var shortID: String {
        if case .uuid = BackupIdentity(id) { return String(id.prefix(8)) }
        return id.count <= 13 ? id : "..." + id.suffix(10)
    }

    package var tookText: String? { tookSeconds.map { DurationText.attempt(.seconds($0)) } }

    package var sizeText: String? { sizeBytes.map(SizeText.text) }
}
