import Backups
import Freshness
import Northflank
import Settings

/// A reading of the lists of projects and addons in progress: the next requests, and the results so far.
struct ListsReading: Sendable {
    private let discovery: DiscoveryConfiguration
    /// The projects of explicit targets.
    private let explicit: Set<String>
    /// Requests that are not sent yet.
    private var waiting: [Account.Request]
    private var open = 0
    private var isReadingProjects = false

    /// Display names by project id; empty if the list of projects could not be read.
    private(set) var projectNames: [String: String] = [:]
    /// The addons by id, for each project that could be read; without deleted ones.
    private(set) var addons: [String: [String: AddonListing]] = [:]
    /// Whether the token may list projects.
    private(set) var mayListProjects = true
    /// The errors of lists that could not be read. A discovery is complete if there are none.
    private(set) var errors: [APIError] = []
    private(set) var requests = 0

    /// - Parameters:
    ///   - explicit: the projects of explicit targets.
    ///   - wantsNames: whether to read the list of projects if nothing is discovered.
    init(discovery: DiscoveryConfiguration, explicit: Set<String>, wantsNames: Bool) {
        self.discovery = discovery
        self.explicit = explicit
        waiting = explicit.sorted().map { .addons(project: $0) }
        if discovery.enabled || wantsNames { waiting = [.projects] + waiting }
    }

    /// The next list to request, which counts as requested at once; nil if other answers are needed first.
    mutating func next() -> Account.Request? {
        // The list of projects comes first: it decides which projects are read, and whether an unknown project exists.
        guard let request = waiting.first, open == 0 || !isReadingProjects else { return nil }
        waiting.removeFirst()
        open += 1
        isReadingProjects = request == .projects
        return request
    }

    mutating func take(_ result: Result<Listing<ProjectListing>, APIError>) {
        open -= 1
        switch result {
        case .success(let listing):
            requests += listing.pages
            for project in listing.entries { projectNames[project.id] = project.name }
            guard discovery.enabled else { return }
            let found = Set(listing.entries.map(\.id).filter(discovery.projects.matches))
            waiting = found.union(explicit).sorted().map { .addons(project: $0) }
        case .failure(let error):
            requests += 1
            errors.append(error)
            mayListProjects = error.reason != .forbidden
        }
    }

    mutating func take(_ result: Result<Listing<AddonListing>, APIError>, of project: String) {
        open -= 1
        switch result {
        case .success(let listing):
            requests += listing.pages
            let present = listing.entries.filter { $0.status != "deleted" }
            addons[project] = Dictionary(present.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        case .failure(let error):
            requests += 1
            // An explicit target in a project that does not exist does not make a discovery incomplete.
            let isUnknown = !projectNames.isEmpty && projectNames[project] == nil
            if error.reason == .notFound, isUnknown { return }
            errors.append(error)
        }
    }

    var isDone: Bool { waiting.isEmpty && open == 0 }

    /// Whether the requests were cancelled, so that the answers mean nothing.
    var isCancelled: Bool { errors.contains { $0.reason == .cancelled } }

    var extent: ListsExtent {
        if errors.isEmpty { return .whole }
        return projectNames.isEmpty && addons.isEmpty ? .nothing : .part
    }

    /// The addons that the account's discovery finds and wants.
    func targets(of account: AccountConfiguration) -> Set<AddonKey> {
        listed(in: account.name).filter { key in
            addons[key.project]?[key.addon].map { account.discovers(key, type: $0.type, tags: $0.tags) } ?? false
        }
    }

    /// All addons of the lists, wanted or not.
    func listed(in account: String) -> Set<AddonKey> {
        Set(
            addons.flatMap { project, listing in
                listing.keys.map { AddonKey(account: account, project: project, addon: $0) }
            })
    }

    /// The facts about an addon in the lists; facts that the lists lack do not change.
    func change(of key: AddonKey) -> AddonChange {
        .listed(projectName: projectNames[key.project], addons[key.project]?[key.addon]?.facts)
    }
}

extension AddonListing {
    /// Whether the addon is being backed up or restored.
    var isBusy: Bool { status == "backup" || status == "restore" }

    var facts: AddonFacts {
        AddonFacts(name: name, type: type, isPaused: status == "paused", uid: uid, tags: tags)
    }
}
