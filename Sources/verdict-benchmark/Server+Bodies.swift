import Backups

/// The bodies of the API's answers.
extension Server {
    func body(_ route: Route, _ now: Seconds, _ state: inout State) -> [UInt8]? {
        let (parts, page) = (route.path, route.page)
        guard parts.first == "projects" else { return nil }
        switch parts.count {
        case 1:
            let isEmpty = Self.takes(.noProjects, now, &state)
            let ids = isEmpty ? [] : projects.keys.sorted()
            return list("projects", ids.map { "{\"id\":\"\($0)\",\"name\":\"\($0)\"}" })
        case 3:
            if Self.takes(.noAddons, now, &state) { return list("addons", []) }
            let name = "\(parts[1])/\(page)"
            if let known = state.addonLists[name], now < known.validUntil { return known.body }
            let all = projects[parts[1], default: []]
            for number in all { state.pages[number].update(stories[number], at: now) }
            let body = addonList(all.filter { stories[$0].exists(at: now) }, page: page, now, state)
            let validUntil = all.map { state.pages[$0].validUntil }.min() ?? now
            state.addonLists[name] = (body, validUntil)
            return body
        case 5:
            guard let number = route.addon, stories[number].exists(at: now) else { return nil }
            if parts[4] == "backup-schedules" { return list("schedules", schedules(stories[number], now)) }
            guard parts[4] == "backups" else { return nil }
            state.pages[number].update(stories[number], at: now)
            let pages = state.pages[number].pages
            return pages.indices.contains(page) ? pages[page] : pages[0]
        default: return nil
        }
    }

    private func list(_ name: String, _ entries: [String], next: Int? = nil) -> [UInt8] {
        let cursor = next.map { ",\"cursor\":\"\($0)\"" } ?? ""
        return Array(
            "{\"data\":{\"\(name)\":[\(entries.joined(separator: ","))]},\"pagination\":{\"hasNextPage\":\(next != nil)\(cursor),\"count\":\(entries.count)}}"
                .utf8)
    }

    private func addonList(_ numbers: [Int], page: Int, _ now: Seconds, _ state: State) -> [UInt8] {
        let part = numbers.dropFirst(page * 100).prefix(100)
        let entries = part.map { number in
            let story = stories[number]
            let isPaused = story.pauses.contains { $0.contains(now) }
            let status = isPaused ? "paused" : state.pages[story.number].isBackingUp ? "backup" : "running"
            let name = story.names.last { $0.from <= now }?.name ?? story.id
            let uid = story.lives.last { $0.from <= now }?.uid ?? ""
            return
                "{\"id\":\"\(story.id)\",\"uid\":\"\(uid)\",\"name\":\"\(name)\",\"spec\":{\"type\":\"postgresql\"},\"status\":\"\(status)\"}"
        }
        return list("addons", entries, next: numbers.count > (page + 1) * 100 ? page + 1 : nil)
    }

    private func schedules(_ story: Story, _ now: Seconds) -> [String] {
        story.schedules.filter { $0.from <= now && now < $0.to }.map { schedule in
            let minute = Int(schedule.offset / 60)
            let (interval, hours, days) =
                switch schedule.period {
                case .hour: ("hourly", "", "")
                case .day: ("daily", "\(minute / 60)", "")
                default: ("weekly", "\(minute / 60 % 24)", "\(minute / 1440)")
                }
            let retention = schedule.retentions.last { $0.from <= now }?.days ?? 7
            let type = schedule.type == .snapshot ? "snapshot" : "dump"
            return
                "{\"id\":\"\(schedule.id)\",\"backupType\":\"\(type)\",\"scheduling\":{\"interval\":\"\(interval)\",\"minute\":[\(minute % 60)],\"hour\":[\(hours)],\"day\":[\(days)]},\"retentionTime\":\(retention),\"createdAt\":\"\(schedule.from.instant.text)\"}"
        }
    }
}
