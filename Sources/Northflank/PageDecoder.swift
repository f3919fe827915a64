import CSimdJSON
import Synchronization

/// Reads the pages of the API's lists out of JSON with simdjson. Together with `PageDecoder+Row.swift` the only
/// place that knows the parser, so that another one would change nothing else.
package final class PageDecoder: Sendable {
    /// Where a list stands in the document, and the paths that are read of each entry.
    struct List: Sendable {
        let path: StaticString
        let columns: [StaticString]
    }

    struct Page<Entry: Sendable>: Sendable {
        var entries: [Entry]
        var hasNextPage: Bool
        var cursor: String?
    }

    /// Parsers at rest. They keep their memory from page to page; there are as many as were ever at work at once.
    private let idle = Mutex<[Parser]>([])

    package init() {}

    /// - Throws: `APIError` with reason `decode`, saying where the body is not what it should be.
    func page<Entry: ListEntry>(_ body: [UInt8]) throws(APIError) -> Page<Entry> {
        let parser = idle.withLock { $0.popLast() } ?? Parser()
        defer { idle.withLock { $0.append(parser) } }
        return try parser.page(body)
    }

    /// The API's own words in an error body; nil if it is not one of the API's, but of something in between.
    func errorMessage(in body: [UInt8]) -> String? {
        let parser = Parser()
        guard (try? parser.parse(body)) != nil, parser.cell("error").isObject else { return nil }
        return (try? parser.cell("error.message").text()) ?? ""
    }

    /// The texts at some paths of a document, nil for those where there is no text; nil if it is not JSON.
    func texts(at paths: [StaticString], in body: [UInt8]) -> [String?]? {
        let parser = Parser()
        guard (try? parser.parse(body)) != nil else { return nil }
        return paths.map { path in (try? parser.cell(path).text()).flatMap { $0.isEmpty ? nil : $0 } }
    }

    /// Owns the C parser. Unchecked because it goes from hand to hand: whoever took it from the idle ones has it
    /// alone until it is put back.
    @safe private final class Parser: @unchecked Sendable {
        /// Nil if there was no memory for it.
        private let raw = unsafe nbe_parser_new()

        deinit { unsafe nbe_parser_free(raw) }

        func parse(_ body: [UInt8]) throws(APIError) {
            guard let raw = unsafe raw else { throw APIError(.decode, "no memory for a JSON parser") }
            let message = unsafe body.withUnsafeBufferPointer { bytes in
                unsafe nbe_parse(raw, bytes.baseAddress, bytes.count).map { unsafe String(cString: $0) }
            }
            if let message {
                throw APIError(.decode, "the body of \(body.count) bytes is not valid JSON: \(message)")
            }
        }

        func cell(_ path: StaticString) -> Cell {
            unsafe Cell(cell: nbe_cell_at(raw, path.cString), list: nil, row: 0, column: path)
        }

        func page<Entry: ListEntry>(_ body: [UInt8]) throws(APIError) -> Page<Entry> {
            try parse(body)
            let list = Entry.list
            var cells: UnsafePointer<nbe_cell>?
            let width = list.columns.count
            let columns = unsafe list.columns.map { unsafe Optional($0.cString) }
            let count = unsafe nbe_table(raw, list.path.cString, columns, width, &cells)
            guard count != -1 else { throw APIError(.decode, "\(list.path): expected a list, found none") }
            guard count >= 0 else {
                throw APIError(.decode, "\(list.path)[\(-2 - count)]: expected an object")
            }
            let all = unsafe UnsafeBufferPointer(start: cells, count: count * width)
            var entries: [Entry] = []
            entries.reserveCapacity(count)
            for index in 0..<count {
                let start = index * width
                let row = unsafe Row(
                    cells: .init(rebasing: all[start..<start + width]), list: list, index: index)
                entries.append(try Entry(row: row))
            }
            // Half a list must not pass for a whole one.
            let pagination = cell("pagination")
            guard pagination.isObject || (pagination.isAbsent && count < 100) else {
                throw pagination.wrong("an object")
            }
            return Page(
                entries: entries,
                hasNextPage: try cell("pagination.hasNextPage").flag() ?? false,
                cursor: try cell("pagination.cursor").text())
        }
    }
}

extension StaticString {
    /// Static strings end in a zero byte, as C wants it.
    fileprivate var cString: UnsafePointer<CChar> {
        unsafe UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
