/// What a look at all addons has shown; made anew every half minute, since it takes a while.
struct Census: Sendable {
    /// Seconds.
    static let gap = 30.0

    /// When the next one is due.
    var next = -Double.infinity
    /// The budget that it was made for.
    var allowance = 0
    var left = 0
    var reset = 0.0
    /// Whether there is anything for which it has to be made at all.
    var isUseful = false

    /// Polls that the ends expected before the window's end will take.
    var polls = 0.0
    /// The same by minutes from the census.
    var pollsByMinute: [Double] = []
    /// Whether the window cannot carry them and the least that the other layers have.
    var isShort = false
    /// The part of a spread that is waited for before a poll: the dearer requests are, the more.
    var patience = 0.8
    /// Part of a lag that is added to it for the same reason.
    var slack = 0.05
}
