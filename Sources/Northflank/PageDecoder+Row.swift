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
        /// - Throws: `APIError` with reason `decode` if the value is not a string.
        func text() throws(APIError) -> String? {
            switch unsafe cell.kind {
            case nbe_absent: return nil
            case nbe_string: return unsafe String(decoding: buffer, as: UTF8.self)
            default: throw wrong("a string")
            }
        }

        /// The text.
        /// - Throws: `APIError` with reason `decode` if the value is absent, empty, or not a string.
        func requiredText() throws(APIError) -> String {
            guard let text = try text(), !text.isEmpty else { throw wrong("a text") }
            return text
        }

        /// The result of `body` for the bytes of a string; nil if absent.
        /// - Throws: `APIError` with reason `decode` if the value is not a string.
        func bytes<Value>(_ body: (Span<UInt8>) -> Value) throws(APIError) -> Value? {
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
        /// - Throws: `APIError` with reason `decode` for any other value.
        func integers() throws(APIError) -> [Int64] {
            if isAbsent { return [] }
            guard unsafe cell.kind == nbe_array, let first = unsafe cell.integers else {
                throw wrong("a list of whole numbers")
            }
            return unsafe Array(UnsafeBufferPointer(start: first, count: cell.count))
        }

        /// The value of a boolean; nil if absent.
        /// - Throws: `APIError` with reason `decode` for any other value.
        func flag() throws(APIError) -> Bool? {
            if isAbsent { return nil }
            guard unsafe cell.kind == nbe_boolean else { throw wrong("a boolean") }
            return unsafe cell.integer == 1
        }

        var isAbsent: Bool { unsafe cell.kind == nbe_absent }

        var isObject: Bool { unsafe cell.kind == nbe_object }

        private var buffer: UnsafeBufferPointer<UInt8> {
            unsafe UnsafeBufferPointer(start: cell.bytes, count: cell.count)
        }

        /// The error for an unexpected value.
        func wrong(_ expected: String) -> APIError {
            let place = list.map { "\($0)[\(row)].\(column)" } ?? "\(column)"
            let found =
                switch unsafe cell.kind {
                case nbe_absent: "nothing"
                // Without its content, which can contain our token if a server echoes it.
                case nbe_string: unsafe buffer.isEmpty ? "an empty text" : "a text"
                case nbe_boolean: "a boolean"
                case nbe_array: "an array"
                case nbe_object: "an object"
                default: "a number"
                }
            return APIError(.decode, "\(place): expected \(expected), found \(found)")
        }
    }
}
