import Reports

/// The layout of help: at most 80 characters a line, words on the left, what they mean on the right.
enum HelpText {
    private static let width = 80
    /// A longer word stands on a line of its own.
    private static let mostHead = 28

    static func lines(_ section: HelpPage.Section) -> [String] {
        [section.title] + lines(section.rows)
            + section.texts.flatMap { TextLayout.wrapped($0, after: "  ", width: width) }
    }

    static func lines(_ rows: [HelpPage.Row]) -> [String] {
        let heads = rows.map(\.head.count).filter { $0 <= mostHead }
        let column = 2 + (heads.max() ?? 0) + 2
        return rows.flatMap { row -> [String] in
            let head = "  \(row.head)  "
            guard head.count > column else {
                return TextLayout.wrapped(row.text, after: head.padded(to: column), width: width)
            }
            return ["  \(row.head)"]
                + TextLayout.wrapped(row.text, after: String(repeating: " ", count: column), width: width)
        }
    }
}
