import Backups
import Freshness
import Northflank
import Settings
import Testing

@testable import Polling

/// Which lists are requested, and how much of them was read.
struct ListsReadingTests {
    private let error = APIError(.unavailable, "no")
    private let addons = Listing(
        entries: [AddonListing(id: "db", name: "Orders", type: "postgresql", status: "running")], pages: 2)

    private func reading(
        isDiscovering: Bool = true, explicit: Set<String> = ["shop"], wantsNames: Bool = true
    ) -> ListsReading {
        var discovery = DiscoveryConfiguration()
        discovery.enabled = isDiscovering
        discovery.projects.exclude = ["secret"]
        return ListsReading(discovery: discovery, explicit: explicit, wantsNames: wantsNames)
    }

    private func projects(_ ids: String...) -> Result<Listing<ProjectListing>, APIError> {
        .success(Listing(entries: ids.map { ProjectListing(id: $0, name: "The \($0)") }, pages: 3))
    }

    /// All requests from now on that need no answer first.
    private func all(_ reading: inout ListsReading) -> [Account.Request] {
        var requests: [Account.Request] = []
        while let request = reading.next() { requests.append(request) }
        return requests
    }

    @Test("projects come first; then those that discovery wants and those of explicit addons, each once")
    func order() {
        var reading = reading(explicit: ["mine", "shop"])
        #expect(all(&reading) == [.projects])
        reading.take(projects("shop", "blog", "secret"))
        #expect(all(&reading) == ["blog", "mine", "shop"].map { .addons(project: $0) })
        #expect(!reading.isDone)
        for project in ["blog", "mine", "shop"] { reading.take(.success(addons), of: project) }
        #expect(reading.isDone)
        #expect(reading.extent == .whole)
        #expect(reading.requests == 9)
    }

    @Test("without discovery projects are read for their names, and only where the token may do so")
    func names() {
        var named = reading(isDiscovering: false)
        #expect(all(&named) == [.projects])
        named.take(projects("shop", "blog"))
        #expect(all(&named) == [.addons(project: "shop")])
        #expect(named.mayListProjects)
        var unnamed = reading(isDiscovering: false, wantsNames: false)
        #expect(all(&unnamed) == [.addons(project: "shop")])
        var discovering = reading(explicit: [], wantsNames: false)
        #expect(all(&discovering) == [.projects])
    }

    @Test("projects that cannot be read leave those of explicit addons")
    func projectsFail() {
        var reading = reading()
        _ = all(&reading)
        reading.take(.failure(error))
        #expect(all(&reading) == [.addons(project: "shop")])
        #expect(reading.extent == .nothing)
        reading.take(.success(addons), of: "shop")
        #expect(reading.extent == .part)
        #expect(reading.requests == 3)
        #expect(reading.errors.map(\.message) == ["no"])
        #expect(reading.mayListProjects)
        // Unless the token may not do so, that says nothing of the next time.
        var forbidden = self.reading()
        _ = all(&forbidden)
        forbidden.take(.failure(APIError(.forbidden, "no")))
        #expect(!forbidden.mayListProjects)
    }

    @Test("names alone are a part of the lists too")
    func addonsFail() {
        var reading = reading()
        _ = all(&reading)
        reading.take(projects("shop"))
        _ = all(&reading)
        reading.take(.failure(error), of: "shop")
        #expect(reading.extent == .part)
        #expect(reading.requests == 4)
        #expect(reading.errors.map(\.message) == ["no"])
        #expect(!reading.isCancelled)
    }

    @Test("an answer that was cancelled cancels the reading", arguments: [true, false])
    func cancelled(projectsAre: Bool) {
        let cancelled = APIError(.cancelled, "cancelled")
        var reading = reading()
        _ = all(&reading)
        reading.take(projectsAre ? .failure(cancelled) : projects("shop"))
        _ = all(&reading)
        reading.take(projectsAre ? .success(addons) : .failure(cancelled), of: "shop")
        #expect(reading.isDone)
        #expect(reading.isCancelled)
    }
}
