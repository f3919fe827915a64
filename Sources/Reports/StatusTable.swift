/// The rows of `status` below each other. Columns are as wide as their content, and no cell is cut.
struct StatusTable {
    private struct Column {
        var title: String
        var cell: (StatusRow) -> String
    }

    private let rows: [StatusRow]
    private let columns: [Column]
    private let widths: [Int]
    private let width: Int?
    private let paint: StatusPaint

    private static let gap = "  "
    private static let indent = "    "
    /// Of the paths.
    private static let pathColumn = 2

    init(_ rows: [StatusRow], isWide: Bool, width: Int?, paint: StatusPaint) {
        self.rows = rows
        self.width = width
        self.paint = paint
        columns =
            [
                Column(title: "STATE") { $0.state },
                Column(title: "FOR") { $0.age },
                Column(title: "ADDON") { $0.path },
            ] + (isWide ? [Column(title: "TYPE") { $0.type }] : [])
            + [
                Column(title: "LAST GOOD") { $0.lastGood },
                Column(title: "LIMIT") { $0.limit },
            ]
            + (isWide
                ? [
                    Column(title: "SIZE") { $0.size },
                    Column(title: "NEXT DUE") { $0.nextDue },
                    Column(title: "CHECKED") { $0.checked },
                ] : [])
        var widths = columns.map { column in
            max(column.title.count, rows.map { column.cell($0).count }.max() ?? 0)
        }
        if let width {
            let others = widths.reduce(0, +) - widths[Self.pathColumn] + Self.gap.count * (widths.count - 1)
            let room = max(columns[Self.pathColumn].title.count, width - others)
            // One long path does not widen the column for all.
            let fitting = rows.map(\.path.count).filter { $0 <= room }.max() ?? 0
            widths[Self.pathColumn] = max(columns[Self.pathColumn].title.count, min(widths[Self.pathColumn], fitting))
        }
        self.widths = widths
    }

    var lines: [String] {
        [line(columns.map(\.title))]
            + rows.flatMap { row -> [String] in
                var cells = columns.map { $0.cell(row) }
                var lines: [String] = []
                if row.path.count > widths[Self.pathColumn] {
                    lines.append(row.path)
                    cells[Self.pathColumn] = ""
                }
                // Painted after the spaces, which are counted without colours.
                lines.append(paint.state(row.state) + line(cells).dropFirst(row.state.count))
                if !row.reason.isEmpty {
                    lines += TextLayout.wrapped(row.reason, after: Self.indent, width: width ?? .max)
                }
                return lines
            }
    }

    private func line(_ cells: [String]) -> String {
        zip(cells, widths).map { $0.padded(to: $1) }.joined(separator: Self.gap).trimmedAtEnd
    }
}
