internal import Synchronization

/// The simulated API: turns requests into answers. It opens no socket and has no clock of its own; ``SimulatorServer``
/// serves it over HTTP.
package actor Simulator {
    var source: any FleetSource
    let options: SimulatorOptions
    /// The simulator's time, in seconds since 1970.
    let now: @Sendable () -> Double
    /// The clock of the simulator's time.
    package nonisolated let clock: VirtualClock
    /// Waits for a number of seconds; used for latency.
    nonisolated let sleep: @Sendable (Double) async throws -> Void
    /// Connections that the server has accepted.
    nonisolated let connections = ConnectionCounter()

    private var token: String
    private var rateLimit: RateLimit?
    private var book = FaultBook()
    private var log = RequestLog()
    private var cache = PageCache()

    /// The webhook to notify of starts and ends of backups, if any.
    package internal(set) var webhook: Webhook?
    /// The results of the notifications.
    package internal(set) var webhookLog = WebhookLog()
    /// Events up to this instant, in milliseconds since 1970, have been returned by `dueNotifications`.
    var notifiedThrough: Int64

    /// The default for `sleep`: real time.
    package static let realSleep: @Sendable (Double) async throws -> Void = { seconds in
        try await Task.sleep(for: .seconds(seconds))
    }

    /// A simulator of a generated fleet, whose trouble starts shortly before now. `now` is the real time in seconds
    /// since 1970; the options can define another time.
    package init(
        options: SimulatorOptions = SimulatorOptions(), now: @escaping @Sendable () -> Double,
        sleep: @escaping @Sendable (Double) async throws -> Void = Simulator.realSleep
    ) {
        self.init(options: options, now: now, sleep: sleep) {
            FleetModel(options: options, anchor: $0)
        }
    }

    /// A simulator of a fleet written by hand. The options of the fleet are ignored.
    package init(
        fleet: [SimulatedProject], options: SimulatorOptions = SimulatorOptions(),
        now: @escaping @Sendable () -> Double,
        sleep: @escaping @Sendable (Double) async throws -> Void = Simulator.realSleep
    ) {
        self.init(options: options, now: now, sleep: sleep) { _ in FixedFleet(fleet) }
    }

    private init(
        options: SimulatorOptions, now real: @escaping @Sendable () -> Double,
        sleep: @escaping @Sendable (Double) async throws -> Void,
        source: (_ anchor: Double) -> any FleetSource
    ) {
        let start = real()
        let clock = options.clock(start: start)
        let anchor = clock.now(real: start)
        self.source = source(anchor)
        self.options = options
        self.clock = clock
        self.now = { clock.now(real: real()) }
        self.sleep = sleep
        token = options.token
        rateLimit = options.rateLimit.map { RateLimit(limit: $0, window: options.rateLimitWindow) }
        webhook = options.webhook
        notifiedThrough = Timestamp.milliseconds(anchor) - 1
    }

    // MARK: Control

    /// The active faults, with their remaining numbers of requests.
    package var faults: [Fault] { book.faults }

    /// Replaces all faults.
    package func setFaults(_ faults: [Fault]) {
        book = FaultBook(faults)
    }

    /// Adds a fault.
    package func addFault(_ fault: Fault) {
        book.add(fault)
    }

    /// Replaces the token: the old one is refused from now on.
    package func setToken(_ token: String) {
        self.token = token
    }

    /// Replaces the rate limit and starts a new window; nil is unlimited.
    package func setRateLimit(_ limit: Int?, window: Double = 3600) {
        rateLimit = limit.map { RateLimit(limit: $0, window: window) }
    }

    /// The requests so far.
    package var requests: RequestLog {
        var log = log
        log.connections = connections.count
        return log
    }

    /// Resets the counts of requests, but not the number of connections.
    package func resetRequests() {
        log = RequestLog()
    }

    /// The whole fleet at this instant, without deleted parts.
    package func truth() -> [SimulatedProject] {
        truth(at: now())
    }

    func truth(at now: Double) -> [SimulatedProject] {
        var projects = source.everything(now: now)
        guard book.deletes else { return projects }
        projects.removeAll { book.deletes(project: $0.id, addon: nil) }
        for index in projects.indices {
            let id = projects[index].id
            projects[index].addons.removeAll { book.deletes(project: id, addon: $0.id) }
        }
        return projects
    }

    // MARK: Requests

    /// The answer to a request of the API or of the control endpoints.
    package func answer(to request: SimulatedRequest) -> SimulatedAnswer {
        let route = Route(target: request.target)
        if route.segments?.first == "_simulator" {
            return control(request, route)
        }
        let now = now()
        let standing = rateLimit?.count(at: now)
        var effect = FaultBook.Effect()
        var answer: SimulatedAnswer
        if let standing, standing.exceeded {
            answer = .error(429, id: "rate-limited", "Too many requests")
            answer.headers.append(("retry-after", String(standing.reset)))
            effect.hidesRateLimit = book.hidesRateLimit(route)
        } else {
            effect = book.takeEffect(on: route)
            answer =
                effect.kind?.answer
                ?? authorizedAnswer(to: request, route, fault: effect.kind, now: now)
            effect.kind?.spoil(&answer)
        }
        answer.delay = effect.delay
        if let standing, !effect.hidesRateLimit {
            answer.headers.append(("x-ratelimit-limit", String(standing.limit)))
            answer.headers.append(("x-ratelimit-remaining", String(standing.remaining)))
            answer.headers.append(("x-ratelimit-reset", String(standing.reset)))
        }
        let status = answer.delivery == .never ? 0 : answer.status
        log.add(request, endpoint: route.endpoint, status: status)
        return answer
    }

    private func authorizedAnswer(
        to request: SimulatedRequest, _ route: Route, fault: Fault.Kind?, now: Double
    ) -> SimulatedAnswer {
        let parts = request.authorization?.split(separator: " ", maxSplits: 1) ?? []
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1] == token[...] else {
            return .error(401, id: "unauthorized", "Missing or invalid API token")
        }
        let view = APIView(
            source: source, faults: book, team: options.team, now: now, fault: fault)
        return view.answer(to: route, method: request.method, cache: &cache)
    }
}

/// A counter for any thread, because the server accepts connections outside of the actor.
final class ConnectionCounter: Sendable {
    private let value = Atomic<Int>(0)

    var count: Int { value.load(ordering: .relaxed) }

    func increment() {
        value.add(1, ordering: .relaxed)
    }
}
