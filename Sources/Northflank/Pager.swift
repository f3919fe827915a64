/// Decides what to ask for after each page of a list, and when a listing does not make sense.
///
/// There is more if `hasNextPage` is true *or* a cursor came along, as the official SDK has it. Without a
/// cursor the next page is asked for by number.
package struct Pager: Sendable {
    package enum Request: Equatable, Sendable {
        case first
        case cursor(String)
        case page(Int)
    }

    /// The facts of one page that decide what comes next.
    package struct Page: Equatable, Sendable {
        package var hasNextPage: Bool
        package var cursor: String?
        /// Entries that no page before had.
        package var newEntries: Int

        package init(hasNextPage: Bool, cursor: String? = nil, newEntries: Int) {
            self.hasNextPage = hasNextPage
            self.cursor = cursor
            self.newEntries = newEntries
        }
    }

    /// Pages after which a listing counts as endless. An addon can have some 30 (six schedules of up to 500).
    package let maxPages: Int
    package private(set) var pages = 0
    private var seenCursors: Set<String> = []

    package init(maxPages: Int = 100) {
        self.maxPages = maxPages
    }

    /// What to ask for after `page`, nil if the list is complete.
    ///
    /// - Throws: `APIError` with reason `pagination` if the server promises more but leads in a circle.
    package mutating func next(after page: Page) throws(APIError) -> Request? {
        pages += 1
        let cursor = page.cursor.flatMap { $0.isEmpty ? nil : $0 }
        guard page.hasNextPage || cursor != nil else { return nil }
        // A cursor without `hasNextPage` is followed, but it is only a hint: nothing new means the end.
        if !page.hasNextPage, page.newEntries == 0 { return nil }
        if let cursor {
            guard seenCursors.insert(cursor).inserted else {
                if !page.hasNextPage { return nil }
                throw APIError(.pagination, "the list's cursor repeats after page \(pages); the list is not complete")
            }
        } else if page.newEntries == 0 {
            throw APIError(.pagination, "page \(pages) brought nothing new and yet promises more")
        }
        guard pages < maxPages else {
            throw APIError(.pagination, "the list does not end after \(pages) pages")
        }
        return cursor.map(Request.cursor) ?? .page(pages + 1)
    }
}
