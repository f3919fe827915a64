import TestSupport
import Testing

@testable import Northflank

@Suite struct ListingDecodingTests {
    @Test func projects() throws {
        let body = ListJSON.page(
            "projects", [ListJSON.project("shop", name: "Shop \"1\""), ListJSON.project("blog")])
        #expect(
            try decode(body, as: ProjectListing.self).entries == [
                ProjectListing(id: "shop", name: "Shop \"1\""), ProjectListing(id: "blog", name: "blog"),
            ])
    }

    @Test("missing fields of an addon are unknown, its name falls back to its id")
    func addons() throws {
        let body = ListJSON.page(
            "addons",
            [
                ListJSON.addon("db", name: "Orders", type: "postgresql", status: "running"), ListJSON.addon("cache"),
                #"{"id":"x","name":null,"spec":null,"status":null,"tags":["a"]}"#,
            ])
        #expect(
            try decode(body, as: AddonListing.self).entries == [
                AddonListing(id: "db", name: "Orders", type: "postgresql", status: "running"),
                AddonListing(id: "cache", name: "cache", type: "unknown", status: "unknown"),
                AddonListing(id: "x", name: "x", type: "unknown", status: "unknown", tags: ["a"]),
            ])
    }

    @Test(
        "tags are in order, without repetitions and odd values, and never make the list unreadable",
        arguments: [
            (#"["production","a"]"#, ["a", "production"]), (#"["a","b","a"]"#, ["a", "b"]), ("[]", []),
            (#"["",1,null,true,["x"],{"a":"b"},"ok"]"#, ["ok"]), ("[1,2]", []), ("null", []), (#""a""#, []),
            (#"{"a":"b"}"#, []), (#"["a\nb","a\u0000"]"#, []), (#"["é"]"#, ["é"]),
            ("[\"\(String(repeating: "x", count: 100))\"]", [String(repeating: "x", count: 100)]),
            ("[\"\(String(repeating: "x", count: 101))\"]", []),
            ("[\((100..<150).map { "\"t\($0)\"" }.joined(separator: ","))]", (100..<150).map { "t\($0)" }),
            ("[\((100..<151).map { "\"t\($0)\"" }.joined(separator: ","))]", (100..<150).map { "t\($0)" }),
        ])
    func tags(json: String, tags: [String]) throws {
        let body = ListJSON.page("addons", ["{\"id\":\"x\",\"tags\":\(json)}", #"{"id":"y"}"#])
        #expect(try decode(body, as: AddonListing.self).entries.map(\.tags) == [tags, []])
    }

    @Test("an empty list is a list", arguments: [#"{"data":{"projects":[]}}"#, #"{"data":{"projects":[]},"x":1}"#])
    func empty(body: String) throws {
        let page = try decode(body, as: ProjectListing.self)
        #expect(page.entries.isEmpty)
        #expect(!page.hasNextPage)
        #expect(page.cursor == nil)
    }

    @Test(
        "the fields about the next page",
        arguments: [
            ("", false, nil), (#","pagination":null"#, false, nil), (#","pagination":{}"#, false, nil),
            (#","pagination":{"hasNextPage":true}"#, true, nil),
            (#","pagination":{"hasNextPage":false,"cursor":null}"#, false, nil),
            (#","pagination":{"hasNextPage":true,"cursor":"a=/+"}"#, true, "a=/+"),
            (#","pagination":{"cursor":""}"#, false, ""),
            (#","pagination":{"cursor":"\u0000\ud83d\ude00"}"#, false, "\0😀"),
        ] as [(String, Bool, String?)])
    func pagination(json: String, hasNextPage: Bool, cursor: String?) throws {
        let page = try decode(#"{"data":{"projects":[]}\#(json)}"#, as: ProjectListing.self)
        #expect(page.hasNextPage == hasNextPage)
        #expect(page.cursor == cursor)
    }

    @Test("one decoder reads page after page, also after a bad one, and keeps no trace of it")
    func reuse() throws {
        let decoder = PageDecoder()
        for count in [3, 0, 100, 1] {
            let body = ListJSON.page("projects", (0..<count).map { ListJSON.project("p\($0)") })
            let page: PageDecoder.Page<ProjectListing> = try decoder.page(Array(body.utf8))
            #expect(page.entries.map(\.id) == (0..<count).map { "p\($0)" })
            #expect(throws: APIError.self) {
                let _: PageDecoder.Page<ProjectListing> = try decoder.page(Array(body.utf8.dropLast()))
            }
        }
    }

    @Test("many tasks read with one decoder, each its own page")
    func concurrency() async throws {
        let decoder = PageDecoder()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for task in 0..<20 {
                group.addTask { @concurrent in
                    let body = Array(ListJSON.page("projects", [ListJSON.project("p\(task)")]).utf8)
                    let page: PageDecoder.Page<ProjectListing> = try decoder.page(body)
                    return page.entries.map(\.id) == ["p\(task)"]
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
