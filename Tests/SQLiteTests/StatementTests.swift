import Testing

@testable import SQLite

@Suite struct StatementTests {
    private static let insert = SQL("INSERT INTO t VALUES (?)")

    @Test("integers, NULL, texts and BLOBs are read as they were written")
    func values() throws {
        let db = try memory()
        let insert = try db.statement(Self.insert)
        let numbers: [Int64?] = [0, 1, -1, .max, .min, nil]
        let texts: [String?] = [
            "", "a", "\0", "nul\0inside\0", "cafe\u{301}", "💾", String(repeating: "x", count: 9999), nil,
        ]
        let blobs: [[UInt8]] = [[], [0], [1, 0, 2], [UInt8](repeating: 7, count: 70_000)]
        for number in numbers {
            insert.bind(number)
            try insert.run()
        }
        for text in texts {
            insert.bind(text)
            try insert.run()
        }
        for blob in blobs {
            insert.bind(blob)
            try insert.run()
        }
        insert.bind(uuid: (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210))
        try insert.run()

        var (readNumbers, readTexts, readBlobs): ([Int64?], [String?], [[UInt8]]) = ([], [], [])
        var uuids: [[UInt64]] = []
        var position = 0
        try db.rows("SELECT x, typeof(x), hex(x) FROM t ORDER BY rowid") { row in
            defer { position += 1 }
            switch position {
            case 0..<6: readNumbers.append(try row.optionalInteger(0))
            case 6..<14: readTexts.append(try row.optionalText(0))
            case 14..<18: readBlobs.append(try row.blob(0) { span in span.indices.map { span[$0] } })
            default:
                let uuid = try #require(try row.uuid(0))
                uuids.append([uuid.0, uuid.1])
                #expect(try row.text(1) == "blob")
                #expect(try row.text(2) == "0123456789ABCDEFFEDCBA9876543210")
            }
        }
        #expect(readNumbers == numbers)
        #expect(readTexts.map { $0.map { Array($0.utf8) } } == texts.map { $0.map { Array($0.utf8) } })
        #expect(readBlobs == blobs)
        #expect(uuids == [[0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210]])
        #expect(try db.integers("SELECT length(CAST(x AS BLOB)) FROM t WHERE rowid = 10") == [11])
    }

    @Test(
        "a value of another type is an error, and never a crash",
        arguments: ["1", "1234567890123456", "1.5", "'1'", "''", "X'31'", "zeroblob(16)", "X''", "NULL"])
    func types(value: String) throws {
        let db = try Database(.memory)
        let isInteger = Int64(value) != nil
        let isText = value.hasPrefix("'")
        let isBlob = value.hasPrefix("X") || value.hasPrefix("z")
        let isNull = value == "NULL"
        func expect(_ isValid: Bool, _ expected: String, _ read: (borrowing Row) throws -> Void) throws {
            if isValid {
                #expect(try db.first("SELECT 0, \(value)", read) != nil)
            } else {
                let message = "column 1 of a row is not \(expected)"
                let found = try error { _ = try db.first("SELECT 0, \(value)", read) }
                #expect(found == SQLiteError(extendedCode: 20, message: message))
                #expect(found.code == .mismatch)
            }
        }
        try expect(isInteger, "an integer") { row in _ = try row.integer(1) }
        try expect(isInteger || isNull, "an integer") { row in _ = try row.optionalInteger(1) }
        try expect(isText, "a text") { row in _ = try row.text(1) }
        try expect(isText || isNull, "a text") { row in _ = try row.optionalText(1) }
        try expect(isText || value.hasPrefix("z"), "a BLOB of 16 bytes") { row in
            let first = try row.uuid(1)?.0
            #expect(first == (isText ? nil : 0))
        }
        try expect(isBlob, "a BLOB") { row in try row.blob(1) { _ in } }
        #expect(try error { _ = try db.first("SELECT 1") { row in try row.integer(7) } }.code == .mismatch)
    }

    @Test("a text of bytes that are not UTF-8 is repaired")
    func invalidText() throws {
        #expect(
            try Database(.memory).first("SELECT CAST(X'61FF62' AS TEXT)") { row in try row.text(0) } == "a\u{FFFD}b")
    }

    @Test("too few values, too many, and values for a statement that is being run")
    func misuse() throws {
        let db = try memory()
        let insert = try db.statement(SQL("INSERT INTO t SELECT ? + ?"))
        insert.bind(1)
        #expect(try error { try insert.run() } == SQLiteError(extendedCode: 21, message: "1 values for 2 parameters"))
        for number in 1...3 as ClosedRange<Int64> { insert.bind(number) }
        #expect(try error { try insert.run() } == SQLiteError(extendedCode: 25, message: "column index out of range"))
        insert.bind(3)
        insert.bind(4)
        try insert.run()
        #expect(try db.integers("SELECT x FROM t") == [7])
        // The values of a run are not those of the next.
        #expect(try error { try insert.run() }.code == .misuse)

        let query = try db.statement(SQL("SELECT x FROM t WHERE x > ?"))
        query.bind(0)
        var count = 0
        try query.rows { _ in
            count += 1
            query.bind(5)
            let found = try error { try query.run() }
            #expect(found.message == "the statement is being run already")
        }
        #expect(count == 1)
        query.bind(7)
        #expect(try query.first { row in try row.integer(0) } == nil)
    }

    @Test("a statement can be run again after an error, and after a body that has thrown")
    func again() throws {
        struct Stop: Error {}
        let db = try memory("x INTEGER PRIMARY KEY")
        let insert = try db.statement(Self.insert)
        for (number, isNew) in [(1, true), (1, false), (2, true)] as [(Int64, Bool)] {
            insert.bind(number)
            if isNew { try insert.run() } else { #expect(try error { try insert.run() }.code == .constraint) }
        }
        #expect(db.lastInsertedRow == 2)
        let query = try db.statement(SQL("SELECT x FROM t"))
        #expect(throws: Stop.self) { try query.rows { _ in throw Stop() } }
        var seen: [Int64] = []
        try query.rows { row in seen.append(try row.integer(0)) }
        #expect(seen == [1, 2])
        try db.execute("DELETE FROM t")
        #expect(db.changes == 2)
    }

    @Test("a text is compiled once for each connection")
    func cache() throws {
        let (first, second) = (try memory(), try memory())
        #expect(try first.statement(Self.insert) === first.statement(Self.insert))
        #expect(try first.statement(Self.insert) !== second.statement(Self.insert))
        // Texts that are made and forgotten do not share an identifier.
        for number in 0..<100 {
            let found = try first.statement(SQL("SELECT \(number)")).first { row in try row.integer(0) }
            #expect(found == Int64(number))
        }
    }
}
