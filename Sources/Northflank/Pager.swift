/// Decides which page of a list to request next, and detects lists that do not end.
///
/// There is a next page if `hasNextPage` is true *or* the page has a cursor, as in the official SDK. Without a cursor,
/// the next page is requested by number.
package struct Pager: Sendable {
    package enum Request: Equatable, Sendable {
        case first
        case cursor(String)
        case page(Int)
    }

    /// The facts of one page that decide the next request.
    package struct Page: Equatable, Sendable {
        package var hasNextPage: Bool
        package var cursor: String?
        /// The number of entries that no previous page had.
        package var newEntries: Int

        package init(hasNextPage: Bool, cursor: String? = nil, newEntries: Int) {
            self.hasNextPage = hasNextPage
            self.cursor = cursor
            self.newEntries = newEntries
        }
    }

    /// The number of pages after which a list counts as endless. An addon can have about 30 pages (six schedules of up
    /// to 500 backups).
    package let maxPages: Int
    package private(set) var pages = 0
    /// Whether the list goes on after its last page that may be read.
    package private(set) var isCut = false
    private var seenCursors: Set<String> = []

    package init(maxPages: Int = 100) {
        self.maxPages = maxPages
    }

    /// The request after `page`; nil if the list is complete, or cut.
    ///
    /// - Parameter cutting: whether a list with more than `maxPages` pages ends there, if its pages have new entries; else it
    ///     is an error.
    /// - Throws: `APIError` with reason `pagination` if the server announces more pages but repeats itself.
    package mutating func next(after page: Page, cutting: Bool = false) throws(APIError) -> Request? {
        pages += 1
        let cursor = page.cursor.flatMap { $0.isEmpty ? nil : $0 }
        guard page.hasNextPage || cursor != nil else { return nil }
        // A cursor without `hasNextPage` is followed, but a page without new entries then means the end.
        if !page.hasNextPage, page.newEntries == 0 { return nil }
        if let cursor {
            guard seenCursors.insert(cursor).inserted else {
                if !page.hasNextPage { return nil }
                throw APIError(endlessList: "page \(pages) has the cursor of an earlier page")
            }
        } else if page.newEntries == 0 {
            throw APIError(endlessList: "page \(pages) has no new entry and promises another page")
        }
        guard pages < maxPages else {
            isCut = cutting && page.newEntries > 0
            if isCut { return nil }
            throw APIError(endlessList: "it has more than \(pages) pages")
        }
        return cursor.map(Request.cursor) ?? .page(pages + 1)
    }
}
