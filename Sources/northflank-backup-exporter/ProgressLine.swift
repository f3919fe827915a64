import Glibc
import Synchronization

/// How far long work is, in one line of the terminal that the line leaves at its end; nothing where standard error is no
/// terminal.
final class ProgressLine: Sendable {
    /// Between two texts.
    private static let interval = Duration.milliseconds(100)

    private let shown = Mutex(ContinuousClock.Instant?.none)

    func show(_ text: @autoclosure () -> String) {
        guard StandardError.isTerminal else { return }
        let now = ContinuousClock.now
        let isDue = shown.withLock { last in
            if let last, now - last < Self.interval { return false }
            last = now
            return true
        }
        if isDue { StandardError.show(progress: text()) }
    }

    func end() { if StandardError.isTerminal { StandardError.show(progress: nil) } }

    /// Shows how far some work is until it ends.
    ///
    /// - Parameter text: nil while there is nothing to say.
    func during<Value: Sendable, Failure: Error>(
        _ text: @escaping @Sendable () -> String?, _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let ticker = StandardError.isTerminal ? Task { await tick(text) } : nil
        defer {
            ticker?.cancel()
            end()
        }
        return try await work()
    }

    private func tick(_ text: @Sendable () -> String?) async {
        while (try? await Task.sleep(for: .milliseconds(200))) != nil {
            if let text = text(), !Task.isCancelled { show(text) }
        }
    }
}
