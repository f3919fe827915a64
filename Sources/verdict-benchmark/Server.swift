import Backups
import Northflank
import Synchronization

/// The API, in the place of sockets. It answers from the stories, as of the world's time.
final class Server: HTTPTransport {
    /// A fault of the API itself.
    enum Fault: Equatable {
        case unavailable, unreachable, refused
        /// Of one addon's routes.
        case addonUnavailable(Int)
        /// The next answer of this kind.
        case noProjects, noAddons, cutOff

        var isOnce: Bool { [.noProjects, .noAddons, .cutOff].contains(self) }
    }

    struct TimedFault {
        var fault: Fault
        var begin: Seconds
        var end: Seconds
    }

    /// What a URL asks for.
    struct Route {
        /// What follows `/v1/`.
        var path: [String]
        var page: Int
        /// The addon that it is about; nil if it is about none.
        var addon: Int?
    }

    struct State {
        var pages: [AddonPages]
        /// By begin.
        var faults: [TimedFault]
        /// The day of `dayText`.
        var day = -1.0
        var dayText = ""
        /// By addon: when its list of backups was last given whole.
        var served: [Seconds]
        var windowEnd: Seconds = 0
        var left = 0
        /// By project and page.
        var addonLists: [String: (body: [UInt8], validUntil: Seconds)] = [:]
        /// By URL.
        var routes: [String: Route] = [:]
    }

    private static let latency = 0.2

    /// Requests an hour. The exporter has half of them: enough for its interval, and for polls when backups are due.
    private let limit: Int

    let stories: [Story]
    private let numbers: [String: Int]
    let projects: [String: [Int]]
    private let time: VirtualTime
    private let state: Mutex<State>

    init(_ world: World, _ time: VirtualTime) {
        stories = world.stories
        limit = max(1000, Int(Double(world.stories.count) * .hour / world.options.interval * 4))
        numbers = Dictionary(uniqueKeysWithValues: world.stories.map { ($0.id, $0.number) })
        projects = Dictionary(grouping: world.stories.map(\.number)) { world.stories[$0].project }
        self.time = time
        state = Mutex(
            State(
                pages: world.stories.map { _ in AddonPages() },
                faults: world.fleetIncidents.flatMap { incident in
                    Self.faults(incident, addons: world.stories.count).map {
                        TimedFault(fault: $0, begin: incident.begin, end: incident.end)
                    }
                },
                served: world.stories.map { _ in 0 }))
    }

    private static func faults(_ incident: Incident, addons: Int) -> [Fault] {
        switch incident.kind {
        case .outage, .longOutage: [incident.id.isMultiple(of: 2) ? .unavailable : .unreachable]
        case .refused: [.refused]
        case .partial: [.noProjects, .noAddons, .cutOff, .addonUnavailable(incident.id % addons)]
        default: []
        }
    }

    /// By addon: when its list of backups was last given whole.
    var served: [Seconds] { state.withLock { $0.served } }

    func served(_ addon: Int) -> Seconds { state.withLock { $0.served[addon] } }

    func number(_ addon: String) -> Int? { numbers[addon] }

    func get(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        time.advance(to: time.now + Self.latency)
        let now = time.now
        let response = state.withLock { answer(request.url, at: now, &$0) }
        guard let response else { throw TransportError(.connect, "no connection") }
        return response
    }

    /// Nil if there is no connection.
    private func answer(_ url: String, at now: Seconds, _ state: inout State) -> HTTPResponse? {
        let isFaulty = state.faults.first.map { $0.begin <= now } ?? false
        if isFaulty { state.faults.removeAll { $0.end <= now } }
        func has(_ fault: Fault) -> Bool { isFaulty && state.faults.contains { $0.fault == fault && $0.begin <= now } }
        if has(.unreachable) { return nil }
        if now >= state.windowEnd { (state.windowEnd, state.left) = (now + .hour, limit) }
        state.left = max(0, state.left - 1)
        func response(_ status: Int, _ body: [UInt8], _ more: [String: String] = [:]) -> HTTPResponse {
            var headers = [
                "x-ratelimit-limit": "\(limit)", "x-ratelimit-remaining": "\(state.left)",
                "x-ratelimit-reset": "\(Int((state.windowEnd - now).rounded(.up)))", "date": Self.date(now, &state),
            ]
            for (name, value) in more { headers[name] = value }
            return HTTPResponse(status: status, headers: headers, body: body, duration: Self.latency)
        }
        if has(.unavailable) { return response(503, Array("<html>Service Unavailable</html>".utf8)) }
        if has(.refused) { return response(429, [], ["retry-after": "30"]) }
        let route = state.routes[url] ?? route(url)
        state.routes[url] = route
        guard var body = body(route, now, &state) else { return response(404, Array("{}".utf8)) }
        if let addon = route.addon, has(.addonUnavailable(addon)) {
            return response(500, Array("{}".utf8))
        }
        if Self.takes(.cutOff, now, &state) {
            body = Array(body.prefix(body.count / 2))
        } else if route.path.last == "backups", let addon = route.addon {
            state.served[addon] = now
        }
        return response(200, body)
    }

    private func route(_ url: String) -> Route {
        let halves = url.split(separator: "?", maxSplits: 1)
        let path = halves[0].split(separator: "/").dropFirst(3).map { String($0) }
        let cursor = halves.last?.split(separator: "&").first { $0.hasPrefix("cursor=") }?.dropFirst(7)
        return Route(path: path, page: cursor.flatMap { Int($0) } ?? 0, addon: path.count > 3 ? numbers[path[3]] : nil)
    }

    /// Whether a fault that happens once happens now.
    static func takes(_ fault: Fault, _ now: Seconds, _ state: inout State) -> Bool {
        let index = state.faults.firstIndex { $0.fault == fault && $0.begin <= now && now < $0.end }
        if let index { state.faults.remove(at: index) }
        return index != nil
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The header `Date`. The day of the week is not the right one: nothing reads it.
    private static func date(_ now: Seconds, _ state: inout State) -> String {
        let day = (now / .day).rounded(.down)
        if day != state.day {
            let parts = now.instant.text.prefix(10).split(separator: "-")
            state.day = day
            state.dayText = "Mon, \(parts[2]) \(months[(Int(parts[1]) ?? 1) - 1]) \(parts[0]) "
        }
        let second = Int(now - day * .day)
        func digits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return state.dayText + "\(digits(second / 3600)):\(digits(second / 60 % 60)):\(digits(second % 60)) GMT"
    }
}
