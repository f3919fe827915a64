/// A time in which an addon leads one life. Its runs are those created after `from`, up to and with `until`:
/// milliseconds since 1970.
struct Era: Sendable {
    let personality: Personality
    let streams: [BackupStream]
    /// nil for the first era, which has no beginning; its troubles began a little before the anchor.
    let from: Int64?
    /// nil for as long as it lasts.
    var until: Int64?
}
