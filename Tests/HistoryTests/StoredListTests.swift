import Backups
import SplitMix64
import TestSupport
import Testing

@testable import History

/// A backup with a text as identity, as it is in a stored list, from its numbers: head, creation, and what follows.
func listBytes(_ head: Int64, _ identity: String, _ numbers: Int64...) -> [UInt8] {
    number(head) + number(Int64(identity.utf8.count)) + identity.utf8 + numbers.flatMap(number)
}

/// A number in groups of 7 bits.
private func number(_ number: Int64) -> [UInt8] {
    var rest = number < 0 ? UInt64(bitPattern: -(number + 1)) * 2 + 1 : UInt64(number) * 2
    var bytes: [UInt8] = []
    repeat {
        bytes.append(UInt8(rest % 128) + (rest < 128 ? 0 : 128))
        rest /= 128
    } while rest > 0
    return bytes
}

@Suite struct StoredListTests {
    private static let uuid = BackupIdentity("01234567-89ab-cdef-fedc-ba9876543210")

    /// Nil for bytes that are no list.
    private func decoded(_ bytes: [UInt8]) -> [KnownBackup]? { try? StoredList.decode(bytes.span) }

    @Test("the bytes of a list do not change")
    func bytes() {
        let list = [
            KnownBackup(
                Backup(
                    identity: Self.uuid, status: .completed, type: .dump, createdAt: at(1000), completedAt: at(1300),
                    size: 5),
                counted: .completed),
            KnownBackup(backup(.failed, 900, type: .unknown, id: "a\0"), counted: [.failed, .notSupported]),
            KnownBackup(backup(.scheduled, 900, end: 899, type: .snapshot, id: "")),
        ]
        // State 17: completed, a dump, its own status counted. Of the second, bit 15 says that 8 is counted as well.
        let expected: [UInt8] =
            number(17 << 3 | 6)
            + [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10]
            + [0xD0, 0x0F, 0xD8, 0x04, 0x0A]
            + listBytes((8 << 7 | 5 << 3 | 3) << 3 | 1, "a\0", -100) + listBytes(3, "", 0, -1)
        #expect(StoredList.encode(list) == expected)
        #expect(decoded(expected) == list)
        #expect(StoredList.encode([]) == [])
        #expect(decoded([]) == [])
    }

    @Test("versions take about a byte a backup at most where they repeat, and a list without them has no byte more")
    func versions() {
        func list(_ versions: [String?]) -> [KnownBackup] {
            versions.map { KnownBackup(backup(.completed, 7, version: $0, id: Self.uuid), counted: .completed) }
        }
        let plain = StoredList.encode(list([nil, nil, nil]))
        let end: [UInt8] = [0x01, 0x02, 0x08] + "16.4".utf8 + [0x04, 0x00]
        #expect(StoredList.encode(list(["16.4", nil, nil])) == plain + end)
        for versions in [
            ["16.4", nil, nil], [nil, "16.4"], ["a", "b", "b", nil, "a"], ["a"], [nil, nil],
            [String(repeating: "x", count: 64), "y"],
        ] as [[String?]] {
            #expect(decoded(StoredList.encode(list(versions))) == list(versions))
        }
        let many = (0..<500).map { $0 < 300 ? "16.4" : "15.8" }
        let without = StoredList.encode(list(many.map { _ in nil })).count
        #expect(StoredList.encode(list(many)).count == without + 15)
    }

    @Test("versions that fit to no list", arguments: [[2, 2], [0, 2], [-1, 2], [1, 2, 1, 2], [1], []] as [[Int64]])
    func oddVersions(counts: [Int64]) {
        var bytes = StoredList.encode([KnownBackup(backup(.completed, 7, id: "x"))]) + number(-1)
        for (index, count) in counts.enumerated() {
            bytes += index.isMultiple(of: 2) ? number(count) : number(1) + "v".utf8
        }
        #expect(decoded(bytes) == nil)
    }

    @Test("every list is read as it was written", arguments: 0..<20)
    func everyList(seed: Int) {
        var random = SplitMix64(seed)
        let numbers: [Int64] = [.min, .min + 1, -1, 0, 1, 63, 64, 8191, 8192, 1_763_900_000_000, .max - 1, .max]
        func any() -> Int64 { numbers.randomElement(using: &random) ?? 0 }
        let texts = ["", "\0", "id", "cafe\u{301}", "\u{10FFFF}", String(repeating: "x", count: 300)]
        let list = (0..<seed * 3).map { _ in
            let text = BackupIdentity.text(texts.randomElement(using: &random) ?? "")
            let new = Backup(
                identity: Bool.random(using: &random) ? text : .uuid(random.next(), random.next()),
                status: BackupStatus.allCases.randomElement(using: &random) ?? .failed,
                type: BackupType.allCases.randomElement(using: &random) ?? .dump, createdAt: at(any()),
                completedAt: Bool.random(using: &random) ? at(any()) : nil,
                size: Bool.random(using: &random) ? any() : nil,
                version: seed > 9 ? [nil, "16.4", "17"].randomElement(using: &random) ?? nil : nil)
            return KnownBackup(new, counted: TerminalStatuses(rawValue: UInt8(random.below(16))))
        }
        #expect(decoded(StoredList.encode(list)) == list)
    }

    @Test("a part of a list is no list, unless it ends with a backup")
    func parts() {
        let list = [
            KnownBackup(backup(.completed, 1 << 40, end: 2 << 40, size: 1 << 40, id: Self.uuid), counted: .completed),
            KnownBackup(backup(.completed, 1, size: 7, id: "text")),
        ]
        let bytes = StoredList.encode(list)
        let first = StoredList.encode([list[0]]).count
        for count in 0..<bytes.count {
            let expected: [KnownBackup]? = count == 0 ? [] : count == first ? [list[0]] : nil
            #expect(decoded(Array(bytes.prefix(count))) == expected, "\(count)")
        }
    }

    @Test("numbers of more than 64 bits and texts longer than the list are malformed")
    func malformed() {
        #expect(decoded([UInt8](repeating: 0x80, count: 11)) == nil)
        #expect(decoded(number(1) + number(-1) + [0, 0, 0]) == nil)
        #expect(decoded(number(1) + number(.max) + [0, 0, 0]) == nil)
    }

    @Test("random bytes are a list or none, and never a crash", arguments: 0..<50)
    func garbage(seed: Int) {
        var random = SplitMix64(seed)
        for _ in 0..<200 {
            let bytes = (0..<random.below(60)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            // What can be read can be written and read again.
            if let list = decoded(bytes) { #expect(decoded(StoredList.encode(list)) == list) }
        }
    }
}
