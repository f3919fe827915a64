/// Text in lines of at most 80 characters.
package enum TextLayout {
    package static let width = 80

    /// Breaks a text between words, but not within a duration such as `1d 0h 30m`. Further lines begin below the text of
    /// the first one.
    ///
    /// - Parameter head: what the first line begins with.
    package static func wrapped(_ text: String, after head: String = "", width: Int = Self.width) -> [String] {
        let indent = String(repeating: " ", count: head.count)
        var lines: [String] = []
        var line = head
        var isEmpty = true
        for word in words(text) {
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

    /// The parts of a text that stay on one line.
    private static func words(_ text: String) -> [Substring] {
        var words: [Substring] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            // Both are slices of the text, so the space between them is the text's.
            if let last = words.last, isDurationPart(last), isDurationPart(word) {
                words[words.count - 1] = text[last.startIndex..<word.endIndex]
            } else {
                words.append(word)
            }
        }
        return words
    }

    /// Whether a word ends with a part of a duration, such as `30m` or `30m.`.
    private static func isDurationPart(_ word: Substring) -> Bool {
        let last = word.split(separator: " ").last ?? ""
        let rest = last.drop { $0.isNumber }
        return rest.count < last.count && rest.first.map { "dhms".contains($0) } ?? false
            && rest.dropFirst().allSatisfy(\.isPunctuation)
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
