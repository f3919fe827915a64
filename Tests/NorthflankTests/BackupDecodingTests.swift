import Backups
import TestSupport
import Testing

@testable import Northflank

@Suite struct BackupDecodingTests {
    @Test("the example of the API, byte for byte")
    func example() throws {
        let page = try decode(ListJSON.example, as: Backup.self)
        #expect(
            page.entries == [
                Backup(
                    identity: "example-backup", status: .completed, type: .snapshot,
                    createdAt: Timestamp(milliseconds: 1_611_141_593_175),
                    completedAt: Timestamp(milliseconds: 1_611_141_594_494), size: 1234, version: "4.4.8")
            ])
        #expect(!page.hasNextPage)
        #expect(page.cursor == nil)
    }

    @Test(
        "R63: a size is read from whatever form it has, and is unknown otherwise",
        arguments: [
            (#""1234""#, 1234), ("1234", 1234), (#""0""#, 0), ("0", 0), ("1234.0", 1234), ("1.5e3", 1500),
            (#""1152921504606846976""#, 1 << 60), ("1152921504606846976", 1 << 60), ("1152921504606846976.0", 1 << 60),
            (nil, nil), ("null", nil), (#""""#, nil), (#"" ""#, nil), (#"" 12""#, nil), (#""12 MB""#, nil),
            (#""1.5""#, nil), ("1.5", nil), (#""0x10""#, nil), (#""-1""#, nil), ("-1", nil), ("-0.0", 0), ("true", nil),
            ("{}", nil), (#"{"bytes":1}"#, nil), ("[1]", nil), ("-1e308", nil),
        ] as [(String?, Int64?)])
    func size(json: String?, size: Int64?) throws {
        #expect(try decodedBackup(ListJSON.backup("a", size: json))?.size == size)
    }

    @Test(
        "an odd version is no version, and hides no backup",
        arguments: [
            (#""16.4""#, "16.4"), ("\"\(String(repeating: "1", count: 64))\"", String(repeating: "1", count: 64)),
            ("\"\(String(repeating: "1", count: 65))\"", nil), (#""""#, nil), ("null", nil), ("16.4", nil), ("16", nil),
            ("true", nil), ("{}", nil), (#"["16.4"]"#, nil), (#""16\n4""#, nil),
        ] as [(String, String?)])
    func version(json: String, version: String?) throws {
        let entry = #"""
            {"id":"a","status":"completed","createdAt":"2026-01-01T00:00:00Z","config":{"addonVersion":\#(json)}}
            """#
        let backup = try #require(try decodedBackup(entry))
        #expect(backup.version == version)
    }

    @Test(
        "uid is the identity, id if there is none",
        arguments: [("u-1", "u-1"), ("", "a"), (nil, "a")] as [(String?, String)])
    func identity(uid: String?, identity: String) throws {
        #expect(try decodedBackup(ListJSON.backup("a", uid: uid))?.identity.text == identity)
    }

    @Test("an entry without an id is fine if it has a uid, and null counts as absent")
    func identityFromUID() throws {
        let entry = #"{"uid":"u","status":"failed","createdAt":"2026-01-01T00:00:00Z"}"#
        #expect(try decodedBackup(entry)?.identity == "u")
        let null = #"{"uid":null,"id":"a","status":"failed","createdAt":"2026-01-01T00:00:00Z"}"#
        #expect(try decodedBackup(null)?.identity == "a")
    }

    @Test(
        "an end that is absent, null or empty is no end",
        arguments: ["", #""completedAt":null,"#, #""completedAt":"","#])
    func noEnd(field: String) throws {
        let entry = #"{\#(field)"id":"a","status":"completed","createdAt":"2026-01-01T00:00:00Z"}"#
        let backup = try #require(try decodedBackup(entry))
        #expect(backup.completedAt == nil)
        #expect(backup.status == .completed)
    }

    @Test("any word for a status is read, an absent one is unknown")
    func status() throws {
        #expect(try decodedBackup(ListJSON.backup("a", status: "in-progress"))?.status == .inProgress)
        #expect(try decodedBackup(ListJSON.backup("a", status: "vaporized"))?.status == .unknown)
        #expect(try decodedBackup(ListJSON.backup("a", status: ""))?.status == .unknown)
        #expect(try decodedBackup(#"{"id":"a","createdAt":"2026-01-01T00:00:00Z"}"#)?.status == .unknown)
    }

    @Test("the type of the source, unknown if any step on the way is missing or of another kind")
    func source() throws {
        #expect(try decodedBackup(ListJSON.backup("a", type: "liveInstance"))?.type == .dump)
        #expect(try decodedBackup(ListJSON.backup("a", type: nil))?.type == .unknown)
        for config in ["null", "{}", "[]", "3", #""x""#, #"{"source":null}"#, #"{"source":"snapshot"}"#] {
            let entry = #"{"id":"a","createdAt":"2026-01-01T00:00:00Z","config":\#(config)}"#
            #expect(try decodedBackup(entry)?.type == .unknown)
        }
    }

    @Test("unknown fields are ignored, with any content")
    func unknownFields() throws {
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        let entry = """
            {"id":"a","createdAt":"2026-01-01T00:00:00Z","new":{"x":\(deep),"y":1e308},"config":{"size":"1",\
            "additionalDestinations":[{"retentionTime":1}]},"😀":"\\ud83d\\ude00"}
            """
        #expect(try decodedBackup(entry)?.size == 1)
    }

    @Test("of a duplicate key, the first counts")
    func duplicateKeys() throws {
        let entry = #"{"id":"a","id":"b","createdAt":"2026-01-01T00:00:00Z"}"#
        #expect(try decodedBackup(entry)?.identity == "a")
    }
}
