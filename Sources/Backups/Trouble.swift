/// Why an account or an addon cannot be read.
package struct Trouble: Equatable, Sendable {
    /// The value of the label `reason`, such as `unauthorized`.
    package var reason: String
    /// The HTTP status; nil if there was no answer.
    package var status: Int?
    /// What happened, for people. Contains no secret.
    package var message: String
    package var since: Timestamp
    /// What to do about it, for people.
    package var remedy: String?

    package init(reason: String, status: Int? = nil, message: String, since: Timestamp, remedy: String? = nil) {
        self.reason = reason
        self.status = status
        self.message = message
        self.since = since
        self.remedy = remedy
    }

    /// The same trouble, since it began: the earlier trouble's beginning if both have one reason.
    package func after(_ before: Trouble?) -> Trouble {
        guard let before, before.reason == reason else { return self }
        var trouble = self
        trouble.since = before.since
        return trouble
    }
}
