import Backups
import TestSupport
import Testing

@testable import Northflank

@Suite struct DecodeErrorTests {
    @Test(
        "half a list does not pass for a whole one",
        arguments: [
            (#"[]"#, "Northflank's answer is not understood (pagination is an array, not an object)"),
            (#"true"#, "Northflank's answer is not understood (pagination is a boolean, not an object)"),
            (
                #"{"hasNextPage":"true"}"#,
                #"Northflank's answer is not understood (pagination.hasNextPage is a text, not a boolean)"#
            ),
            (
                #"{"hasNextPage":1}"#,
                "Northflank's answer is not understood (pagination.hasNextPage is a number, not a boolean)"
            ),
            (
                #"{"hasNextPage":true,"cursor":7}"#,
                "Northflank's answer is not understood (pagination.cursor is a number, not a string)"
            ),
        ])
    func wrongPagination(pagination: String, message: String) {
        #expect(decodeError(#"{"data":{"backups":[]},"pagination":\#(pagination)}"#, as: Backup.self) == message)
    }

    @Test("a full page must say whether there is another; a shorter one need not")
    func missingPagination() throws {
        func body(_ count: Int) -> String {
            #"{"data":{"backups":[\#((0..<count).map { ListJSON.backup("b\($0)") }.joined(separator: ","))]}}"#
        }
        #expect(
            decodeError(body(100), as: Backup.self)
                == "Northflank's answer is not understood (pagination is nothing, not an object)")
        let page: PageDecoder.Page<Backup> = try PageDecoder().page(Array(body(99).utf8))
        #expect(page.entries.count == 99)
        #expect(page.hasNextPage == false)
    }

    @Test("a page of far more entries than were requested is not read, whatever they are")
    func tooManyEntries() throws {
        func body(_ count: Int) -> String {
            let entries = [ListJSON.backup("b1")] + Array(repeating: "0", count: count - 1)
            return ListJSON.backups(entries)
        }
        let page: PageDecoder.Page<Backup> = try PageDecoder().page(Array(body(10_000).utf8))
        #expect(page.entries.count == 1)
        #expect(page.setAside.all == 9_999)
        #expect(
            decodeError(body(10_001), as: Backup.self)
                == "Northflank's answer is not understood (data.backups is more, not at most 10000 entries on a page)")
    }

    @Test("a value that is not a list", arguments: ["null", "{}", #""x""#, "3", "true"])
    func notAList(json: String) {
        #expect(
            decodeError(#"{"data":{"backups":\#(json)}}"#, as: Backup.self)
                == "Northflank's answer is not understood (data.backups is none, not a list)")
    }

    @Test(
        "a body of another shape",
        arguments: ["{}", "[]", "null", "3", #""text""#, "true", #"{"data":null}"#, #"{"data":[]}"#, #"{"data":{}}"#])
    func otherShape(body: String) {
        #expect(
            decodeError(body, as: Backup.self)
                == "Northflank's answer is not understood (data.backups is none, not a list)")
        #expect(
            decodeError(body, as: AddonListing.self)
                == "Northflank's answer is not understood (data.addons is none, not a list)")
        #expect(
            decodeError(body, as: ProjectListing.self)
                == "Northflank's answer is not understood (data.projects is none, not a list)")
    }

    @Test("an entry that is not an object", arguments: ["null", "3", #""x""#, "[]", "true"])
    func notAnObject(json: String) {
        #expect(
            decodeError(ListJSON.page("projects", [ListJSON.project("a"), json]), as: ProjectListing.self)
                == "Northflank's answer is not understood (data.projects[1].id is nothing, not a text)")
    }

    @Test("fields of the other lists are as strict")
    func otherLists() {
        #expect(
            decodeError(ListJSON.page("projects", [#"{"id":"a","name":1}"#]), as: ProjectListing.self)
                == "Northflank's answer is not understood (data.projects[0].name is a number, not a string)")
        #expect(
            decodeError(ListJSON.page("addons", [#"{"id":"a","spec":{"type":[]}}"#]), as: AddonListing.self)
                == "Northflank's answer is not understood (data.addons[0].spec.type is an array, not a string)")
        #expect(
            decodeError(ListJSON.page("addons", [#"{"name":"a"}"#]), as: AddonListing.self)
                == "Northflank's answer is not understood (data.addons[0].id is nothing, not a text)")
    }

    @Test("a cursor that is not a text cannot be followed", arguments: ["7", "{}", "true"])
    func cursor(json: String) throws {
        let body = #"{"data":{"projects":[]},"pagination":{"hasNextPage":true,"cursor":\#(json)}}"#
        let message = try #require(decodeError(body, as: ProjectListing.self))
        #expect(message.hasPrefix("Northflank's answer is not understood (pagination.cursor is a"))
    }
}
