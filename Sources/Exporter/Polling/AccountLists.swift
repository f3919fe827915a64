import Backups
import Freshness
import Northflank

/// What one reading of the lists of projects and addons brought.
struct AccountLists: Sendable {
    /// Display names by project id; empty if the list of projects could not be read.
    var projectNames: [String: String] = [:]
    /// The addons by id of those projects that could be read.
    var addons: [String: [String: AddonListing]] = [:]
    /// Whether the token may list projects.
    var mayListProjects = true
    /// What could not be read. A discovery is complete if there is none.
    var errors: [APIError] = []
    var requests = 0

    var extent: ListsExtent {
        if errors.isEmpty { return .whole }
        return projectNames.isEmpty && addons.isEmpty ? .nothing : .part
    }

    /// Reads the lists.
    ///
    /// - Parameters:
    ///   - explicit: the projects of explicit targets.
    ///   - wantsProjectNames: whether to ask for the list of projects if nothing is discovered.
    ///   - concurrency: lists read at once.
    /// - Returns: nil if the task was cancelled.
    static func read(
        _ client: NorthflankClient, discovery: DiscoveryConfiguration, explicit: Set<String>,
        wantsProjectNames: Bool, concurrency: Int
    ) async -> AccountLists? {
        var lists = AccountLists()
        var projects = explicit
        if discovery.enabled || wantsProjectNames {
            do throws(APIError) {
                let listing = try await client.projects()
                lists.requests += listing.pages
                for project in listing.entries { lists.projectNames[project.id] = project.name }
                if discovery.enabled {
                    projects.formUnion(listing.entries.map(\.id).filter(discovery.projects.matches))
                }
            } catch {
                lists.requests += 1
                lists.errors.append(error.about("list of projects"))
                lists.mayListProjects = error.reason != .forbidden
            }
        }
        let isProjectsListRead = !lists.projectNames.isEmpty
        await withTaskGroup { group in
            var rest = projects.sorted()[...]
            for project in rest.prefix(concurrency) { group.addTask { await addons(client, project) } }
            rest = rest.dropFirst(concurrency)
            for await (project, result) in group {
                switch result {
                case .success(let listing):
                    lists.requests += listing.pages
                    lists.addons[project] = Dictionary(
                        listing.entries.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
                case .failure(let error):
                    lists.requests += 1
                    // The project of an explicit target that does not exist does not make a discovery incomplete.
                    let isUnknown = isProjectsListRead && lists.projectNames[project] == nil
                    if error.reason == .notFound, isUnknown { break }
                    lists.errors.append(error.about("project \(project)"))
                }
                if let next = rest.popFirst() { group.addTask { await addons(client, next) } }
            }
        }
        return lists.errors.contains { $0.reason == .cancelled } ? nil : lists
    }

    private static func addons(
        _ client: NorthflankClient, _ project: String
    ) async -> (String, Result<Listing<AddonListing>, APIError>) {
        (project, await Result { () async throws(APIError) in try await client.addons(project: project) })
    }

    /// The addons that an account's discovery found and wants.
    func targets(of account: AccountConfiguration) -> Set<AddonKey> {
        var targets: Set<AddonKey> = []
        for (project, listing) in addons {
            for addon in listing.values where addon.status != "deleted" {
                let key = AddonKey(account: account.name, project: project, addon: addon.id)
                if account.discovers(key, type: addon.type) { targets.insert(key) }
            }
        }
        return targets
    }
}
