/// Whether webhooks report the ends of backups, by what they have reported so far.
struct WebhookTrust: Sendable {
    /// The part of the ends that webhooks must have reported to be relied upon.
    private static let reliable = 0.8
    /// The weight of the latest end in the average, which so covers the last twenty or so.
    private static let latestShare = 0.05

    /// Addons of which a webhook reported an end that no poll has shown yet.
    private var reported: Set<Int> = []
    /// Addons whose last end was reported by a webhook before a poll showed it.
    private var lastWasReported: Set<Int> = []
    /// The part of the ends that webhooks reported, 0 to 1.
    private var reliability = 0.0

    /// Whether a webhook will report the end of an addon's next backup, as far as it can be expected.
    func isTrusted(_ id: Int) -> Bool { reliability >= Self.reliable && lastWasReported.contains(id) }

    /// A webhook reported an end.
    mutating func report(_ id: Int) { reported.insert(id) }

    /// A poll showed an end.
    mutating func showEnd(_ id: Int) {
        let wasReported = reported.remove(id) != nil
        if wasReported { lastWasReported.insert(id) } else { lastWasReported.remove(id) }
        reliability += ((wasReported ? 1 : 0) - reliability) * Self.latestShare
    }

    mutating func remove(_ id: Int) {
        reported.remove(id)
        lastWasReported.remove(id)
    }
}
