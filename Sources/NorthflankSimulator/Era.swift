/// A period in which an addon has one personality. Its runs are created after `from` and not after `until`, both in
/// milliseconds since 1970.
struct Era: Sendable {
    let personality: Personality
    let streams: [BackupStream]
    /// Nil for the first era, which has no start. Its trouble starts shortly before the anchor.
    let from: Int64?
    /// Nil for the current era.
    var until: Int64?
}
