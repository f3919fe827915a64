/// Text in lines of at most 80 characters.
package enum TextLayout {
    package static let width = 80

    /// Breaks a text between words. Further lines begin below the text of the first one.
    ///
    /// - Parameter head: what the first line begins with.
    package static func wrapped(_ text: String, after head: String = "", width: Int = Self.width) -> [String] {
        let indent = String(repeating: " ", count: head.count)
        var lines: [String] = []
        var line = head
        var isEmpty = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                (line, isEmpty) = (indent, true)
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        lines.append(line)
        return lines.map(\.trimmedAtEnd)
    }

    /// Rows with columns below each other, two spaces apart. A last cell that is too long goes on below itself.
    static func table(_ rows: [[String]]) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.flatMap { row in
            let head = zip(row.dropLast(), widths).map { $0.padded(to: $1) + "  " }.joined()
            return wrapped(row.last ?? "", after: head)
        }
    }
}

extension String {
    package func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    package var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// With a capital at the start and a full stop at the end.
    package var asSentence: String { prefix(1).uppercased() + dropFirst() + (hasSuffix(".") ? "" : ".") }
}
