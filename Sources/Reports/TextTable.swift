/// A table of plain text, no wider than a terminal.
struct TextTable {
    struct Column {
        var title: String
        var isNumber = false
    }

    struct Row {
        var cells: [String]
        /// Below the row, indented; empty for none.
        var note = ""
    }

    var columns: [Column]
    var rows: [Row]
    var width: Int

    private static let gap = 2

    /// The header and the rows. A first cell that leaves no room for the others stands on a line of its own.
    var lines: [String] {
        var widths = columns.indices.map { column in
            ([columns[column].title] + rows.map { $0.cells[column] }).map(\.count).max() ?? 0
        }
        let others = widths.dropFirst().reduce(0) { $0 + $1 + Self.gap }
        widths[0] = min(widths[0], max(8, width - others))
        return line(columns.map(\.title), widths)
            + rows.flatMap { row in
                line(row.cells, widths) + TextTable.wrapped(row.note, indent: 4, width: width)
            }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> [String] {
        let isLong = cells[0].count > widths[0]
        let texts = (isLong ? [""] + cells.dropFirst() : cells).enumerated().map { index, cell in
            let space = String(repeating: " ", count: max(0, widths[index] - cell.count))
            return columns[index].isNumber ? space + cell : cell + space
        }
        let line = texts.joined(separator: String(repeating: " ", count: Self.gap)).trimmedAtEnd
        return isLong ? [cells[0], line] : [line]
    }

    /// Breaks a text between words; no line for an empty text.
    ///
    /// - Parameters:
    ///   - head: what the first line begins with, in place of the indent.
    static func wrapped(_ text: String, head: String? = nil, indent: Int, width: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = head.map { $0 + String(repeating: " ", count: max(1, indent - $0.count)) } ?? space
        if line.count > indent, head != nil {
            // A head without room for the text.
            lines.append(line.trimmedAtEnd)
            line = space
        }
        let words = text.split(separator: " ")
        return words.isEmpty
            ? lines : lines + TextLayout.wrapped(words.joined(separator: " "), after: line, width: width)
    }
}
