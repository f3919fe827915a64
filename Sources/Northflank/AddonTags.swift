/// The tags of an addon, as the API lists them: plain slugs.
enum AddonTags {
    /// More tags, or longer ones, are no tags that a person has given, and each would be a time series.
    private static let most = 50
    private static let longest = 100

    /// The tags that count: in alphabetical order, without repetitions, empty texts, long texts and texts with control
    /// characters.
    static func accepted(_ texts: [String]) -> [String] {
        let tags = Set(texts.filter { (1...longest).contains($0.utf8.count) && $0.utf8.allSatisfy { $0 >= 0x20 } })
        return Array(tags.sorted().prefix(most))
    }
}
