/// The active faults.
struct FaultBook: Sendable, Equatable {
    /// The effect of all faults on one request.
    struct Effect: Sendable, Equatable {
        var delay = 0.0
        var hidesRateLimit = false
        /// The first matching fault that decides the answer.
        var kind: Fault.Kind?
    }

    private(set) var faults: [Fault] = []

    init(_ faults: [Fault] = []) {
        self.faults = faults
    }

    mutating func add(_ fault: Fault) {
        faults.append(fault)
    }

    /// The effect of the faults on a request. Counts the request for each of them, and removes faults that are used up.
    mutating func takeEffect(on route: Route) -> Effect {
        var effect = Effect()
        for (index, fault) in faults.enumerated() where fault.scope.contains(route) {
            if let times = fault.times, times <= 0 { continue }
            switch fault.kind {
            case .deleted: continue
            case .latency(let seconds): effect.delay += seconds
            case .hiddenRateLimit: effect.hidesRateLimit = true
            default:
                // A request has one answer: later faults keep their count for later requests.
                guard effect.kind == nil else { continue }
                effect.kind = fault.kind
            }
            if let times = fault.times { faults[index].times = times - 1 }
        }
        faults.removeAll { $0.times.map { $0 <= 0 } ?? false }
        return effect
    }

    /// Whether a request over the limit gets no rate-limit headers. Does not count the request.
    func hidesRateLimit(_ route: Route) -> Bool {
        faults.contains { $0.kind == .hiddenRateLimit && $0.scope.contains(route) }
    }

    /// Whether any project or addon is deleted; if not, lists need no filtering.
    var deletes: Bool {
        faults.contains { $0.kind == .deleted }
    }

    /// Whether a project, or an addon of it, is deleted.
    func deletes(project: String, addon: String?) -> Bool {
        faults.contains { fault in
            fault.kind == .deleted && (fault.scope.project == nil || fault.scope.project == project)
                && (fault.scope.addon == nil || fault.scope.addon == addon)
        }
    }
}
