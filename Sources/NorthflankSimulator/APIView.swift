/// The API at one instant. Pure, except for the cache of rendered pages.
struct APIView {
    let source: any FleetSource
    let faults: FaultBook
    let team: String?
    let now: Double
    /// The fault that changes this answer.
    let fault: Fault.Kind?

    /// The answer to an authorized request.
    func answer(to route: Route, method: String, cache: inout PageCache) -> SimulatedAnswer {
        guard route.segments != nil else {
            return .error(400, id: "invalid-request", "Broken percent-encoding in the path")
        }
        if let team = route.team, team != self.team {
            return .error(404, id: "not-found", "Team not found")
        }
        guard route.endpoint != .other else {
            return .error(404, id: "not-found", "Route not found")
        }
        guard method == "GET" else {
            var answer = SimulatedAnswer.error(405, id: "method-not-allowed", "Method not allowed")
            answer.headers.append(("allow", "GET"))
            return answer
        }
        if route.endpoint == .auth { return token() }
        do throws(PageRequest.Refusal) {
            var page = try PageRequest(query: route.rawQuery)
            // Each page of an endless list is its first page.
            if fault == .repeatingCursor || fault == .endlessPages { page.offset = 0 }
            return answer(to: route, page: page, cache: &cache)
        } catch {
            return .error(400, id: "invalid-request", error.message)
        }
    }

    private func answer(
        to route: Route, page: PageRequest, cache: inout PageCache
    ) -> SimulatedAnswer {
        guard let projectId = route.project else {
            return projects(page)
        }
        guard let project = source.project(id: projectId),
            !faults.deletes || !faults.deletes(project: projectId, addon: nil)
        else {
            return .error(404, id: "not-found", "Project not found")
        }
        guard let addonId = route.addon else {
            return route.endpoint == .project
                ? object { source.projects[project].write(to: &$0) }
                : addons(page, of: project, id: projectId)
        }
        guard let addon = source.addon(id: addonId, project: project),
            !faults.deletes || !faults.deletes(project: projectId, addon: addonId)
        else {
            return .error(404, id: "not-found", "Addon not found")
        }
        let address = AddonAddress(project: project, addon: addon)
        switch route.endpoint {
        case .backups:
            return backups(page, of: address, cache: &cache)
        case .schedules:
            let schedules = source.addon(at: address, now: now).schedules
            return list(.schedules, page, of: schedules) { $1.write(to: &$0) }
        case .restores:
            let restores = source.restores(at: address, now: now)
            return list(.restores, page, of: restores) { $1.write(to: &$0) }
        default:
            let addon = source.addon(at: address, now: now)
            return object { addon.write(to: &$0, project: projectId, detailed: true) }
        }
    }

    private func projects(_ page: PageRequest) -> SimulatedAnswer {
        var projects = source.projects
        if faults.deletes {
            projects.removeAll { faults.deletes(project: $0.id, addon: nil) }
        }
        return list(.projects, page, of: projects) { $1.write(to: &$0) }
    }

    private func addons(_ page: PageRequest, of project: Int, id: String) -> SimulatedAnswer {
        var positions = Array(source.addonIds(project: project).enumerated())
        if faults.deletes {
            positions.removeAll { faults.deletes(project: id, addon: $0.element) }
        }
        return list(.addons, page, of: positions) { bytes, position in
            let address = AddonAddress(project: project, addon: position.offset)
            source.addon(at: address, now: now).write(to: &bytes, project: id, detailed: false)
        }
    }

    private func backups(
        _ page: PageRequest, of address: AddonAddress, cache: inout PageCache
    ) -> SimulatedAnswer {
        var key: PageCache.Key?
        if fault == nil, let generation = source.generation(at: address, now: now) {
            key = PageCache.Key(address: address, page: page, generation: generation)
        }
        if let body = key.flatMap({ cache[$0] }) { return .json(body) }
        let slice = source.backups(at: address, now: now, range: page.range)
        let answer = list(.backups, page, total: slice.total, elements: slice.elements) {
            $1.write(to: &$0)
        }
        if let key { cache.insert(answer.body, for: key) }
        return answer
    }
}
