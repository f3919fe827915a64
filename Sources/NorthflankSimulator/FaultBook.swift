/// The faults that are switched on.
struct FaultBook: Sendable, Equatable {
    /// What of the faults meets one request.
    struct Met: Sendable, Equatable {
        var delay = 0.0
        var hidesRateLimit = false
        /// The first fault of the list that decides the answer.
        var kind: Fault.Kind?
    }

    private(set) var faults: [Fault] = []

    init(_ faults: [Fault] = []) {
        self.faults = faults
    }

    mutating func add(_ fault: Fault) {
        faults.append(fault)
    }

    /// The faults that meet a request, each counted once; those that are used up are gone afterwards.
    mutating func meet(_ route: Route) -> Met {
        var met = Met()
        for (index, fault) in faults.enumerated() where fault.scope.contains(route) {
            if let times = fault.times, times <= 0 { continue }
            switch fault.kind {
            case .deleted: continue
            case .latency(let seconds): met.delay += seconds
            case .hiddenRateLimit: met.hidesRateLimit = true
            default:
                // One answer a request: a later fault keeps its count for a later request.
                guard met.kind == nil else { continue }
                met.kind = fault.kind
            }
            if let times = fault.times { faults[index].times = times - 1 }
        }
        faults.removeAll { $0.times.map { $0 <= 0 } ?? false }
        return met
    }

    /// Whether a request that is over the limit gets no rate-limit headers. Counts nothing.
    func hidesRateLimit(_ route: Route) -> Bool {
        faults.contains { $0.kind == .hiddenRateLimit && $0.scope.contains(route) }
    }

    /// Whether any project or addon is deleted: without this, lists need not look at each.
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
