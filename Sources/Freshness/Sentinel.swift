/// When the list of each project's addons is read, to see which of them are being backed up or restored. Each project
/// saves up requests for its next reading.
struct Sentinel: Sendable {
    /// Seconds between two readings of one project at least.
    private static let shortestGap = 15.0
    /// Seconds before a reading that failed is tried again; twice as many after each further failure.
    private static let retryGap = 60.0

    private struct Project {
        /// Requests that reading the project's list takes.
        var requests = 1
        /// Seconds of uptime; in the future after a reading that failed.
        var lastRead = -Double.infinity
        var isReading = false
        /// Readings in a row that failed.
        var failures = 0
        /// Requests saved up for the next reading, as of `savedAt`.
        var saved = 0.0
        var savedAt = -Double.infinity
        /// Requests saved up in a second.
        var savingRate = 0.0
    }

    /// By the project's number.
    private var projects: [Project] = []
    /// Projects by the time of the next reading.
    private var due = IndexedHeap()
    private(set) var inFlight = 0

    /// When the next reading is due, in seconds of uptime.
    var nextDue: Double? { due.first?.priority }
    /// Requests a second that all projects save up.
    var savingRate: Double { projects.reduce(0) { $0 + $1.savingRate } }

    /// Requests that reading a project's list takes.
    func requests(_ project: Int) -> Int { projects[project].requests }

    mutating func grow(to count: Int) {
        while projects.count < count { projects.append(Project()) }
    }

    /// Begins the reading that is due, if there is one, and returns its project.
    mutating func begin(now: Double) -> Int? {
        guard let (project, time) = due.first, time <= now else { return nil }
        due.remove(project)
        save(project, now: now)
        projects[project].saved -= Double(projects[project].requests)
        projects[project].isReading = true
        inFlight += 1
        return project
    }

    /// A reading ended. Returns false if there was none.
    ///
    /// - Parameter requests: as many as it took; nil if it failed.
    mutating func ended(_ project: Int, requests: Int?, now: Double) -> Bool {
        guard projects[project].isReading else { return false }
        projects[project].isReading = false
        inFlight -= 1
        if let requests {
            projects[project].requests = max(1, requests)
        } else {
            let gap = Self.retryGap.doubled(projects[project].failures, atMost: 6)
            projects[project].failures += 1
            projects[project].lastRead = max(projects[project].lastRead, now + gap - Self.shortestGap)
        }
        return true
    }

    /// A project's addons were seen, by a reading of its list or of all lists.
    mutating func saw(_ project: Int, now: Double) {
        projects[project].failures = 0
        projects[project].lastRead = max(projects[project].lastRead, now)
    }

    /// Sets when a project is read next, from what has been saved up for it.
    mutating func schedule(_ project: Int, now: Double) {
        guard !projects[project].isReading, projects[project].savingRate > 0 else { return due.remove(project) }
        save(project, now: now)
        let known = projects[project]
        let missing = max(0, Double(known.requests) - known.saved)
        due.set(project, max(now + missing / known.savingRate, known.lastRead + Self.shortestGap))
    }

    /// Has a project not read until it is scheduled again.
    mutating func unschedule(_ project: Int) { due.remove(project) }

    /// Sets how fast a project saves up from now on: at most so fast that the shortest gap is kept.
    ///
    /// - Parameter rate: requests a second.
    mutating func setSavingRate(_ project: Int, _ rate: Double, now: Double) {
        save(project, now: now)
        projects[project].savingRate = min(rate, Double(projects[project].requests) / Self.shortestGap)
    }

    /// Brings what is saved up for a project to this time.
    private mutating func save(_ project: Int, now: Double) {
        // The first time there is nothing to bring forward.
        let passed = projects[project].savedAt.isFinite ? max(0, now - projects[project].savedAt) : 0
        projects[project].savedAt = now
        let most = 1.5 * Double(projects[project].requests)
        projects[project].saved = min(most, projects[project].saved + passed * projects[project].savingRate)
    }
}
