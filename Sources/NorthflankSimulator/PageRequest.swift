/// The part of a list that a request selects.
struct PageRequest: Sendable, Equatable {
    /// The reason for which a query is refused.
    struct Refusal: Error, Equatable {
        let message: String
    }

    static let defaultSize = 50
    static let maximumSize = 100

    var size = PageRequest.defaultSize
    var offset = 0
    /// The number of pages of an endless list that the client has read.
    var endless = 0

    /// The selected range of the list.
    var range: Range<Int> { offset..<offset + size }

    /// Parses `per_page`, `page` and `cursor` of a raw query, and ignores other parameters. A cursor takes precedence
    /// over a page number. An empty cursor counts as absent.
    init(query: String) throws(Refusal) {
        var page = 1
        var cursor: String?
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            // As in a form: a plus sign that is not encoded means a space, so that a client that does not encode its
            // cursor gets an error.
            guard let name = parts.first.flatMap({ PercentEncoding.decoded($0, plusIsSpace: true) }),
                let value = PercentEncoding.decoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else {
                throw Refusal(message: "Broken percent-encoding in the query")
            }
            switch name {
            case "per_page": size = try Self.number(value, name, in: 1...Self.maximumSize)
            case "page": page = try Self.number(value, name, in: 1...1_000_000)
            case "cursor": cursor = value.isEmpty ? nil : value
            default: break
            }
        }
        if let cursor {
            guard let position = Cursor(text: cursor) else {
                throw Refusal(message: "Invalid cursor")
            }
            offset = position.offset
            endless = position.endless
        } else {
            offset = (page - 1) * size
        }
    }

    private static func number(
        _ text: String, _ name: String, in range: ClosedRange<Int>
    ) throws(Refusal) -> Int {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(text), range.contains(number)
        else {
            throw Refusal(
                message: "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

/// A position in a list. Its text contains characters with a meaning in URLs, so that only a client that encodes it
/// sends it back intact.
struct Cursor: Sendable, Equatable {
    var offset: Int
    var endless = 0

    init(offset: Int, endless: Int = 0) {
        self.offset = offset
        self.endless = endless
    }

    init?(text: String) {
        guard text.hasPrefix("b+/"), text.hasSuffix("==") else { return nil }
        let numbers = text.dropFirst(3).dropLast(2).split(separator: "/").map { Int($0) }
        guard numbers.count == 2, let offset = numbers[0], let endless = numbers[1],
            (0...1_000_000_000).contains(offset), (0...1_000_000_000).contains(endless)
        else { return nil }
        self.init(offset: offset, endless: endless)
    }

    var text: String { "b+/\(offset)/\(endless)==" }
}

/// `pagination` of a response.
struct Pagination: Sendable, Equatable {
    var hasNextPage: Bool
    /// Absent on the last page: a client continues while there is a cursor.
    var cursor: Cursor?
    /// The number of elements on this page.
    var count: Int

    /// The pagination after a page of a list of `total` elements.
    init(page: PageRequest, count: Int, total: Int) {
        let next = page.offset + count
        hasNextPage = count > 0 && next < total
        cursor = hasNextPage ? Cursor(offset: next) : nil
        self.count = count
    }

    func write(to bytes: inout [UInt8]) {
        bytes.append(text: "{\"hasNextPage\":\(hasNextPage)")
        if let cursor { bytes.appendField("cursor", cursor.text) }
        bytes.append(text: ",\"count\":\(count)}")
    }
}
