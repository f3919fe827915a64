import Synchronization

/// The budget of one account, shared by all who send its requests.
package final class BudgetGate: Sendable {
    private let budget: Mutex<RequestBudget>

    package init(_ budget: RequestBudget) {
        self.budget = Mutex(budget)
    }

    /// Waits until a request may be sent, and counts it.
    ///
    /// - Parameter onWait: told the seconds, each time that there are any to wait.
    /// - Throws: `CancellationError` when the task is cancelled.
    package func admit(
        continuing: Bool, time: any TimeSource, onWait: (Double) -> Void = { _ in }
    ) async throws {
        while true {
            let admission = budget.withLock { $0.admit(continuing: continuing, now: time.uptime) }
            guard case .after(let uptime) = admission else { return }
            onWait(uptime - time.uptime)
            try await time.sleep(until: uptime)
        }
    }

    package func withBudget<Result: Sendable>(_ body: (inout sending RequestBudget) -> sending Result) -> Result {
        budget.withLock(body)
    }
}
