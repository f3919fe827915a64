package import Backups

extension FreshnessPlan {
    /// What an addon's schedules and backups let the plan expect has changed, without a poll.
    package mutating func expect(_ key: AddonKey, _ outlook: Outlook, now: Double) {
        guard let id = roster.id(key) else { return }
        entries[id].outlook = outlook
        if pollsAgain, !flights.contains(key) { planPoll(id, now: now) }
    }

    /// Sets when an addon is polled for an expected end.
    mutating func planPoll(_ id: Int, now: Double) {
        var time: Double?
        if settings.usesSlots, entries[id].wasPolled {
            time = entries[id].pollTime(
                isTrusted: webhookTrust.isTrusted(id), patience: census.patience, slack: census.slack)
        }
        queues.expectEnd(id, at: time.map { max($0, now) })
    }

    /// The same for an addon that waits for an expected end, of which more is known now.
    mutating func movePoll(_ id: Int, now: Double) {
        if queues.contains(id, in: .expectedEnds) { planPoll(id, now: now) }
    }
}
