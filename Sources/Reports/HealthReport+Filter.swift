extension HealthReport {
    /// The filter by which the addons of a report are chosen.
    package struct Filter: Codable, Equatable, Sendable {
        /// In words, such as `failing shop/*`.
        package var text: String
        /// Addons of the whole report.
        package var of: Int
    }

    /// The addons that match a filter, and their accounts; all accounts if none matches.
    package func filtered(by filter: FleetFilter) -> HealthReport {
        guard !filter.isEmpty else { return self }
        var report = self
        report.filter = Filter(text: filter.text, of: addons.count)
        report.addons = addons.filter(filter.matches)
        let names = Set(report.addons.map(\.account))
        if !names.isEmpty { report.accounts = accounts.filter { names.contains($0.account) } }
        return report
    }

    /// One of the pages of a report; the first is 1.
    package struct Page: Codable, Equatable, Sendable {
        package var number: Int
        package var of: Int

        /// Addons on a page.
        package static let size = 100

        /// The number of pages of some addons; 1 for none.
        package static func count(_ addons: Int) -> Int { max(1, (addons + size - 1) / size) }

        /// That there is no such page.
        package static func problem(_ number: Int, of pages: Int) -> FleetFilter.Problem {
            FleetFilter.Problem(description: "there is no page \(number); the last one is \(pages)")
        }
    }

    /// The number of pages; 1 for a report without addons.
    var pages: Int { Page.count(addons.count) }

    /// The addons of the page; all of them without a page. Counts and the headline are of all pages.
    package var addonsOfPage: ArraySlice<Addon> {
        guard let page else { return addons[...] }
        return addons.dropFirst((page.number - 1) * Page.size).prefix(Page.size)
    }

    /// The report with a page chosen.
    ///
    /// - Throws: `FleetFilter.Problem` if there is no such page.
    package func paged(_ number: Int) throws(FleetFilter.Problem) -> HealthReport {
        guard (1...pages).contains(number) else { throw Page.problem(number, of: pages) }
        var report = self
        report.page = Page(number: number, of: pages)
        return report
    }
}
