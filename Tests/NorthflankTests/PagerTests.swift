import Testing

@testable import Northflank

@Suite struct PagerTests {
    typealias Page = Pager.Page

    /// What the pager asks for after each page, until it is done; an error as its message.
    private static func walk(_ pages: [Page], maxPages: Int = 100) -> [String] {
        var pager = Pager(maxPages: maxPages)
        var steps: [String] = []
        for page in pages {
            do throws(APIError) {
                guard let request = try pager.next(after: page) else {
                    steps.append("done")
                    break
                }
                switch request {
                case .first: steps.append("first")
                case .cursor(let cursor): steps.append(cursor)
                case .page(let number): steps.append("#\(number)")
                }
            } catch {
                #expect(error.reason == .pagination)
                #expect(!error.canRetry)
                steps.append(error.message)
                break
            }
        }
        #expect(pager.pages == min(steps.count, pages.count))
        return steps
    }

    private static func page(_ hasNextPage: Bool, _ cursor: String?, new: Int = 1) -> Page {
        Page(hasNextPage: hasNextPage, cursor: cursor, newEntries: new)
    }

    static let walks: [([Page], [String])] = [
        // One page, empty or not.
        ([page(false, nil)], ["done"]),
        ([page(false, nil, new: 0)], ["done"]),
        ([page(false, "", new: 5)], ["done"]),
        // Cursors.
        ([page(true, "a"), page(true, "b"), page(false, nil)], ["a", "b", "done"]),
        // A page may bring nothing new, as long as the cursor moves.
        ([page(true, "a", new: 0), page(false, nil)], ["a", "done"]),
        // Without a cursor the next page is asked for by number, also after cursors.
        ([page(true, nil), page(true, ""), page(false, nil)], ["#2", "#3", "done"]),
        ([page(true, "a"), page(true, nil), page(false, nil)], ["a", "#3", "done"]),
        // A cursor alone is followed, for as long as it brings anything new.
        ([page(false, "a"), page(false, "b"), page(false, nil)], ["a", "b", "done"]),
        ([page(false, "a"), page(false, "b", new: 0)], ["a", "done"]),
        ([page(false, "a"), page(false, "a")], ["a", "done"]),
        ([page(false, "a", new: 0)], ["done"]),
        // Circles.
        (
            [page(true, "a"), page(true, "a")],
            ["a", "Northflank's list does not end (page 2 has the cursor of an earlier page)"]
        ),
        (
            [page(true, "a"), page(true, "b"), page(true, "a")],
            ["a", "b", "Northflank's list does not end (page 3 has the cursor of an earlier page)"]
        ),
        (
            [page(true, nil), page(true, nil, new: 0)],
            ["#2", "Northflank's list does not end (page 2 has no new entry and promises another page)"]
        ),
        (
            [page(true, nil, new: 0)],
            ["Northflank's list does not end (page 1 has no new entry and promises another page)"]
        ),
    ]

    @Test("the request after each page", arguments: walks)
    func table(pages: [Page], steps: [String]) {
        #expect(Self.walk(pages) == steps)
    }

    @Test("a list that does not end is given up, by cursor and by number")
    func endless() {
        let message = "Northflank's list does not end (it has more than 3 pages)"
        let cursors = (1...9).map { Self.page(true, "c\($0)") }
        #expect(Self.walk(cursors, maxPages: 3) == ["c1", "c2", message])
        let numbers = (1...9).map { _ in Self.page(true, nil) }
        #expect(Self.walk(numbers, maxPages: 3) == ["#2", "#3", message])
        let hints = (1...9).map { Self.page(false, "c\($0)") }
        #expect(Self.walk(hints, maxPages: 3) == ["c1", "c2", message])
    }

    @Test("where a long list may be cut, it ends there if its last page is new, and an end of its own is no cut")
    func cut() throws {
        func walk(_ pages: [Page]) throws -> (isCut: Bool, pages: Int) {
            var pager = Pager(maxPages: 3)
            for page in pages where try pager.next(after: page, cutting: true) == nil { break }
            return (pager.isCut, pager.pages)
        }
        let endless = (1...9).map { Self.page(true, "c\($0)") }
        #expect(try walk(endless) == (true, 3))
        #expect(try walk([endless[0], endless[1], Self.page(false, nil)]) == (false, 3))
        let error = #expect(throws: APIError.self) {
            try walk([endless[0], endless[1], Self.page(true, "c", new: 0)])
        }
        #expect(error?.reason == .pagination)
    }

    @Test("a list that ends with the last page allowed is complete")
    func justComplete() {
        let pages = [Self.page(true, "a"), Self.page(true, "b"), Self.page(false, nil)]
        #expect(Self.walk(pages, maxPages: 3) == ["a", "b", "done"])
    }

    @Test("a hundred pages by default")
    func defaultMaximum() {
        #expect(Self.walk((1...200).map { Self.page(true, "c\($0)") }).count == 100)
    }
}
