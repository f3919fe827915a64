import Synchronization

/// The budget of one account, shared by all clients that send its requests.
package final class BudgetGate: Sendable {
    private let budget: Mutex<RequestBudget>

    package init(_ budget: RequestBudget) {
        self.budget = Mutex(budget)
    }

    /// Waits until the budget admits a request, and counts it.
    ///
    /// - Parameter onWait: called before each wait, with its seconds.
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
