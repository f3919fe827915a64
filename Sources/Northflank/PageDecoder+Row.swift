import CSimdJSON

extension PageDecoder {
    /// One entry of a list. Valid only while its page is being read.
    @safe struct Row {
        let cells: UnsafeBufferPointer<nbe_cell>
        let list: List
        let index: Int

        /// - Parameter column: an index into the list's columns.
        subscript(column: Int) -> Cell {
            unsafe Cell(cell: cells[column], list: list.path, row: index, column: list.columns[column])
        }
    }

    /// One value of an entry, which can be absent.
    @safe struct Cell {
        let cell: nbe_cell
        /// Nil for a value outside of a list.
        let list: StaticString?
        let row: Int
        let column: StaticString

        /// The text; nil if absent.
        /// - Throws: `UnexpectedValue` if the value is not a string.
        func text() throws(UnexpectedValue) -> String? {
            switch unsafe cell.kind {
            case nbe_absent: return nil
            case nbe_string: return unsafe String(decoding: buffer, as: UTF8.self)
            default: throw wrong("a string")
            }
        }

        /// The text.
        /// - Throws: `UnexpectedValue` if the value is absent, empty, or not a string.
        func requiredText() throws(UnexpectedValue) -> String {
            guard let text = try text(), !text.isEmpty else { throw wrong("a text") }
            return text
        }

        /// The result of `body` for the bytes of a string; nil if absent.
        /// - Throws: `UnexpectedValue` if the value is not a string.
        func bytes<Value>(_ body: (Span<UInt8>) -> Value) throws(UnexpectedValue) -> Value? {
            switch unsafe cell.kind {
            case nbe_absent: return nil
            case nbe_string: return unsafe body(buffer.span)
            default: throw wrong("a string")
            }
        }

        /// The value as a whole number of at least 0, from a number or a decimal string; nil for any other value.
        var lenientCount: Int64? {
            let value: Int64? =
                switch unsafe cell.kind {
                case nbe_integer: unsafe cell.integer
                case nbe_number: unsafe Int64(exactly: cell.number)
                case nbe_string: (try? text()).flatMap { Int64($0) }
                default: nil
                }
            return value.flatMap { $0 < 0 ? nil : $0 }
        }

        /// The elements of a list of whole numbers; empty if absent.
        /// - Throws: `UnexpectedValue` for any other value.
        func integers() throws(UnexpectedValue) -> [Int64] {
            if isAbsent { return [] }
            guard unsafe cell.kind == nbe_array, let first = unsafe cell.integers else {
                throw wrong("a list of whole numbers")
            }
            return unsafe Array(UnsafeBufferPointer(start: first, count: cell.count))
        }

        /// The strings among the elements of a list; empty for any other value.
        var texts: [String] {
            guard unsafe cell.kind == nbe_array, let first = unsafe cell.texts else { return [] }
            return unsafe UnsafeBufferPointer(start: first, count: cell.textCount).map { text in
                unsafe String(decoding: UnsafeBufferPointer(start: text.bytes, count: text.count), as: UTF8.self)
            }
        }

        /// The value of a boolean; nil if absent.
        /// - Throws: `UnexpectedValue` for any other value.
        func flag() throws(UnexpectedValue) -> Bool? {
            if isAbsent { return nil }
            guard unsafe cell.kind == nbe_boolean else { throw wrong("a boolean") }
            return unsafe cell.integer == 1
        }

        var isAbsent: Bool { unsafe cell.kind == nbe_absent }

        var isObject: Bool { unsafe cell.kind == nbe_object }

        private var buffer: UnsafeBufferPointer<UInt8> {
            unsafe UnsafeBufferPointer(start: cell.bytes, count: cell.count)
        }

        /// The size in bytes, from a number or a decimal string; nil for a value of another form, since the form has
        /// changed before, and a new form must not hide a backup.
        /// - Throws: `UnexpectedValue` for a number that no backup can have.
        func size() throws(UnexpectedValue) -> Int64? {
            let isBeyond: Bool =
                switch unsafe cell.kind {
                case nbe_number: unsafe cell.number > Double(Self.mostBytes)
                case nbe_string: isNumber && (lenientCount ?? .max) > Self.mostBytes
                default: (lenientCount ?? 0) > Self.mostBytes
                }
            if isBeyond { throw wrong("a number of bytes up to 2^60", found: "a number above 2^60") }
            return lenientCount
        }

        /// An exbibyte: more than any disk.
        private static let mostBytes: Int64 = 1 << 60

        /// Whether a string has digits only.
        private var isNumber: Bool {
            unsafe !buffer.isEmpty && buffer.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }

        /// The error for an unexpected value.
        ///
        /// - Parameter found: nil for the kind of the value.
        func wrong(_ expected: String, found: String? = nil) -> UnexpectedValue {
            UnexpectedValue(
                list: list.map { "\($0)[\(row)]" }, field: "\(column)", expected: expected, found: found ?? kind)
        }

        /// What the value is, without its content, which can contain our token if a server echoes it.
        private var kind: String {
            switch unsafe cell.kind {
            case nbe_absent: "nothing"
            case nbe_string: unsafe buffer.isEmpty ? "an empty text" : "a text"
            case nbe_boolean: "a boolean"
            case nbe_array: "an array"
            case nbe_object: "an object"
            default: "a number"
            }
        }
    }
}

/// A value that is not as the API documents it.
struct UnexpectedValue: Error, Equatable {
    /// The list and the position of the entry in it; nil for a value outside of a list.
    let list: String?
    /// The path of the value in the entry, such as `scheduling.interval`.
    let field: String
    let expected: String
    let found: String

    /// Such as `nothing, not an ISO 8601 time`.
    var difference: String { "\(found), not \(expected)" }
}

extension APIError {
    init(notUnderstood what: String) { self.init(.decode, "Northflank's answer is not understood (\(what))") }

    init(endlessList what: String) { self.init(.pagination, "Northflank's list does not end (\(what))") }

    init(_ value: UnexpectedValue) {
        let place = value.list.map { "\($0).\(value.field)" } ?? value.field
        self.init(notUnderstood: "\(place) is \(value.difference)")
    }
}
