/// A waiver while it was in force.
package struct WaiverPeriod: Equatable, Sendable {
    package var reason: String
    package var owner: String
    package var from: Timestamp
    /// The end that was decided last.
    package var until: Timestamp
    /// The end: before `until` if the waiver was taken back.
    package var end: Timestamp

    package init(reason: String, owner: String, from: Timestamp, until: Timestamp, end: Timestamp? = nil) {
        (self.reason, self.owner, self.from, self.until) = (reason, owner, from, until)
        self.end = end ?? until
    }

    var range: Range<Timestamp> { from..<max(from, end) }
}

extension Timeline where Value == Decisions {
    /// Every waiver that was in force, in the order of time. One that was renewed before its end goes on.
    var waivers: [WaiverPeriod] {
        var periods: [WaiverPeriod] = []
        for (index, step) in steps.enumerated() {
            guard let waiver = step.value.waiver, waiver.isInForce(at: step.from) else { continue }
            let next = index + 1 < steps.count ? steps[index + 1].from : nil
            let end = next.map { min($0, waiver.until) } ?? waiver.until
            if let last = periods.last, last.end == step.from, last.owner == waiver.owner,
                last.reason == waiver.reason
            {
                (periods[periods.count - 1].until, periods[periods.count - 1].end) = (waiver.until, end)
            } else {
                periods.append(
                    WaiverPeriod(
                        reason: waiver.reason, owner: waiver.owner, from: step.from, until: waiver.until, end: end))
            }
        }
        return periods
    }
}
