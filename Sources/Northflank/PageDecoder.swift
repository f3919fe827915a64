import Backups
import CSimdJSON
import Synchronization

/// Decodes the pages of the API's lists from JSON with simdjson. Only this file and `PageDecoder+Row.swift` use the
/// parser.
package final class PageDecoder: Sendable {
    /// The position of a list in the document, and the paths that are read of each entry.
    struct List: Sendable {
        let path: StaticString
        let columns: [StaticString]
    }

    struct Page<Entry: ListEntry>: Sendable {
        var entries: [Entry]
        var setAside = SetAside<Entry.Identity>()
        var hasNextPage: Bool
        var cursor: String?
        /// The time of the entry that was sought; nil if there is none.
        var sought: Timestamp?
    }

    /// The greatest number of entries that are read from one page, a hundred times as many as are requested: a page of
    /// millions of tiny entries would take hundreds of bytes for each.
    static let mostEntries = 100 * Endpoint.pageSize

    /// Unused parsers, which keep their memory from page to page. There are as many parsers as were ever used at once.
    private let idle = Mutex<[Parser]>([])

    package init() {}

    /// - Parameter sought: the name of an entry whose time is wanted; nil for none.
    /// - Throws: `APIError` with reason `decode`, with the position of the unexpected value.
    func page<Entry: ListEntry>(_ body: [UInt8], seeking sought: String? = nil) throws(APIError) -> Page<Entry> {
        let parser = idle.withLock { $0.popLast() } ?? Parser()
        defer {
            parser.relax()
            idle.withLock { $0.append(parser) }
        }
        return try parser.page(body, sought)
    }

    /// The API's own message in an error body; nil if the body does not come from the API but from a proxy.
    func errorMessage(in body: [UInt8]) -> String? {
        let parser = Parser()
        guard (try? parser.parse(body)) != nil, parser.cell("error").isObject else { return nil }
        return (try? parser.cell("error.message").text()) ?? ""
    }

    /// The texts at some paths of a document, nil for each path without a text; nil if the document is not JSON.
    func texts(at paths: [StaticString], in body: [UInt8]) -> [String?]? {
        let parser = Parser()
        guard (try? parser.parse(body)) != nil else { return nil }
        return paths.map { path in (try? parser.cell(path).text()).flatMap { $0.isEmpty ? nil : $0 } }
    }

    /// Owns the C parser. Unchecked `Sendable` because one task at a time uses it: a task removes it from `idle` and
    /// puts it back afterwards.
    @safe private final class Parser: @unchecked Sendable {
        /// Nil if its allocation failed.
        private let raw = unsafe nbe_parser_new()

        deinit { unsafe nbe_parser_free(raw) }

        func relax() { if let raw = unsafe raw { unsafe nbe_parser_relax(raw) } }

        func parse(_ body: [UInt8]) throws(APIError) {
            guard let raw = unsafe raw else { throw APIError(notUnderstood: "no memory for a JSON parser") }
            let message = unsafe body.withUnsafeBufferPointer { bytes in
                unsafe nbe_parse(raw, bytes.baseAddress, bytes.count).map { unsafe String(cString: $0) }
            }
            if let message {
                throw APIError(notUnderstood: "\(body.count) bytes that are not valid JSON: \(message)")
            }
        }

        func cell(_ path: StaticString) -> Cell {
            unsafe Cell(cell: nbe_cell_at(raw, path.cString), list: nil, row: 0, column: path)
        }

        func page<Entry: ListEntry>(_ body: [UInt8], _ sought: String?) throws(APIError) -> Page<Entry> {
            try parse(body)
            do throws(UnexpectedValue) {
                return try page(sought)
            } catch {
                throw APIError(error)
            }
        }

        private func page<Entry: ListEntry>(_ sought: String?) throws(UnexpectedValue) -> Page<Entry> {
            let list = Entry.list
            var cells: UnsafePointer<nbe_cell>?
            let width = list.columns.count
            let columns = unsafe list.columns.map { unsafe Optional($0.cString) }
            let count = unsafe nbe_table(raw, list.path.cString, columns, width, PageDecoder.mostEntries, &cells)
            guard count >= 0 else {
                let (expected, found) =
                    count == -1
                    ? ("a list", "none") : ("at most \(PageDecoder.mostEntries) entries on a page", "more")
                throw UnexpectedValue(list: nil, field: "\(list.path)", expected: expected, found: found)
            }
            let all = unsafe UnsafeBufferPointer(start: cells, count: count * width)
            var entries: [Entry] = []
            var setAside = SetAside<Entry.Identity>()
            var found: Timestamp?
            entries.reserveCapacity(count)
            for index in 0..<count {
                let start = index * width
                let row = unsafe Row(
                    cells: .init(rebasing: all[start..<start + width]), list: list, index: index)
                if let sought, found == nil { found = Entry.time(of: row, named: sought) }
                do throws(UnexpectedValue) {
                    if let entry = try Entry(row: row) { entries.append(entry) } else { setAside.count() }
                } catch {
                    guard Entry.setsAside else { throw error }
                    setAside.add(error, of: Entry.identity(of: row))
                }
            }
            // Where not even an identity can be read, the API has changed, or something else answers.
            if let first = setAside.first, entries.isEmpty, setAside.identities.isEmpty { throw first }
            // A part of a list must not be taken for the whole list.
            let pagination = cell("pagination")
            guard pagination.isObject || (pagination.isAbsent && count < 100) else {
                throw pagination.wrong("an object")
            }
            return Page(
                entries: entries,
                setAside: setAside,
                hasNextPage: try cell("pagination.hasNextPage").flag() ?? false,
                cursor: try cell("pagination.cursor").text(),
                sought: found)
        }
    }
}

extension StaticString {
    /// The bytes with their terminating zero byte, which static strings have.
    fileprivate var cString: UnsafePointer<CChar> {
        unsafe UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
