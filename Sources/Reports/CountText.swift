/// Counts for people.
package enum CountText {
    /// With commas between thousands.
    package static func text(_ count: Int) -> String {
        var digits = String(count)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: ",")
    }

    /// Such as `1 dump` and `14 dumps`.
    package static func text(_ count: Int, of word: String) -> String {
        "\(text(count)) \(word)\(count == 1 ? "" : "s")"
    }
}
