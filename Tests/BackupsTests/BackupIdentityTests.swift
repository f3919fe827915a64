import SplitMix64
import TestSupport
import Testing

@testable import Backups

@Suite struct BackupIdentityTests {
    @Test("a UUID needs no text of its own, and is written as it was read")
    func uuid() {
        let text = "01234567-89ab-cdef-fedc-ba9876543210"
        #expect(isUUID(text, 0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210))
        #expect(BackupIdentity(text).text == text)
        #expect(isUUID("00000000-0000-0000-0000-000000000000", 0, 0))
        #expect(isUUID("ffffffff-ffff-ffff-ffff-ffffffffffff", .max, .max))
    }

    @Test("every UUID is written as it was read")
    func everyUUID() {
        var random = SplitMix64(1)
        for _ in 0..<1000 {
            let (first, last) = (random.next(), random.next())
            #expect(isUUID(BackupIdentity.uuid(first, last).text, first, last))
        }
    }

    @Test(
        "any other text is kept as it is",
        arguments: [
            "", "-", "backup-1", "caf\u{E9}", "nul\0nul",
            // Upper case, a digit that is none, and digits beside the ASCII letters and digits.
            "01234567-89AB-cdef-fedc-ba9876543210", "01234567-89ab-cdef-fedc-ba987654321g",
            "01234567-89ab-cdef-fedc-ba987654321/", "01234567-89ab-cdef-fedc-ba987654321:",
            "01234567-89ab-cdef-fedc-ba987654321`",
            // Hyphens in wrong places: a digit too late, none, one in the place of a digit.
            "012345678-9ab-cdef-fedc-ba9876543210", "01234567089ab-cdef-fedc-ba9876543210",
            "01234567-89ab0cdef-fedc-ba9876543210", "01234567-89ab-cdef0fedc-ba9876543210",
            "01234567-89ab-cdef-fedc0ba9876543210", "01234567-89ab-cdef-fedc--a9876543210",
            "0123456789abcdeffedcba9876543210",
            // 35 and 37 characters.
            "01234567-89ab-cdef-fedc-ba987654321", "01234567-89ab-cdef-fedc-ba98765432100",
            // 36 characters of more bytes, and 36 bytes of fewer characters.
            "01234567-89ab-cdef-fedc-ba987654321\u{E9}", "01234567-89ab-cdef-fedc-ba98765432\u{E9}",
        ])
    func otherText(text: String) {
        guard case .text(let kept) = BackupIdentity(text) else {
            Issue.record("\(text) is not a UUID")
            return
        }
        #expect(Array(kept.utf8) == Array(text.utf8))
        #expect(Array(BackupIdentity(text).text.utf8) == Array(text.utf8))
    }

    @Test("identities are equal if their bytes are")
    func equality() {
        #expect("caf\u{E9}" as BackupIdentity == "caf\u{E9}")
        #expect("caf\u{E9}" as BackupIdentity != "cafe\u{301}")
        let uuid = "01234567-89ab-cdef-fedc-ba9876543210"
        #expect(BackupIdentity(uuid) == BackupIdentity(uuid))
        #expect(BackupIdentity(uuid) != BackupIdentity(uuid.uppercased()))
        #expect(BackupIdentity(uuid) != .text(uuid))
        #expect(BackupIdentity.uuid(1, 2) != .uuid(1, 3))
        #expect(BackupIdentity.uuid(1, 2) != .uuid(2, 2))
    }

    @Test("the order is total: UUIDs by their bytes, then texts by theirs")
    func order() {
        let ascending: [BackupIdentity] = [
            .uuid(0, 1), .uuid(0, .max), .uuid(1, 0), .uuid(.max, 0), "", "B",
            "a", "aa", "cafe\u{301}", "caf\u{E9}",
        ]
        for (index, one) in ascending.enumerated() {
            for (otherIndex, other) in ascending.enumerated() {
                #expect((one < other) == (index < otherIndex))
                #expect((one == other) == (index == otherIndex))
            }
        }
        #expect(Set(ascending + ascending).count == ascending.count)
    }

    private func isUUID(_ text: String, _ first: UInt64, _ last: UInt64) -> Bool {
        guard case .uuid(first, last) = BackupIdentity(text) else { return false }
        return true
    }
}
