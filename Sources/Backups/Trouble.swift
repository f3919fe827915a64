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

    /// Northflank's own words, for the log; nil if it says none.
    package var detail: String?

    package init(reason: String, status: Int? = nil, message: String, since: Timestamp, remedy: String? = nil) {
        self.reason = reason
        self.status = status
        self.message = message
        self.since = since
        self.remedy = remedy
    }

    /// The request budget is used up.
    package static let budget = "budget"
    /// Not every addon has been checked since the start.
    package static let firstChecks = "first_checks"

    /// Whether polls wait, though no request fails.
    package var isWaiting: Bool { Self.isWaiting(reason) }

    /// Whether a reason is one for waiting, which no request has.
    package static func isWaiting(_ reason: String) -> Bool { reason == budget || reason == firstChecks }

    /// The same trouble, since it began: the earlier trouble's beginning if both have one reason.
    package func after(_ before: Trouble?) -> Trouble {
        guard let before, before.reason == reason else { return self }
        var trouble = self
        trouble.since = before.since
        return trouble
    }
}
