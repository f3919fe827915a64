import Backups
import Fleet
import Logging
import Synchronization

/// What a runner does, in its order, one line each. Tests wait for a line instead of for a time.
final class RunnerLog: FleetWriter {
    private struct Watcher {
        let line: String
        let times: Int
        let reached: AsyncStream<Void>.Continuation
    }

    private struct State {
        var lines: [String] = []
        var addons: [Addon] = []
        var watchers: [Watcher] = []

        /// Whether a line was written so many times.
        func has(_ line: String, times: Int) -> Bool { lines.count { $0 == line } >= times }

        /// Returns the watchers whose line is there, which are watchers no longer.
        mutating func takeReached() -> [Watcher] {
            let all = watchers
            watchers = all.filter { !has($0.line, times: $0.times) }
            return all.filter { has($0.line, times: $0.times) }
        }
    }

    private let state = Mutex(State())

    var lines: [String] { state.withLock { $0.lines } }
    /// Each addon as it was published.
    var addons: [Addon] { state.withLock { $0.addons } }

    func add(_ line: String) {
        let reached = state.withLock { state in
            state.lines.append(line)
            return state.takeReached()
        }
        for watcher in reached { watcher.reached.finish() }
    }

    /// Returns once a line was written so many times, or when the task is cancelled.
    func wait(for line: String, times: Int = 1) async {
        let (stream, reached) = AsyncStream.makeStream(of: Void.self)
        state.withLock { state in
            if state.has(line, times: times) { return reached.finish() }
            state.watchers.append(Watcher(line: line, times: times, reached: reached))
        }
        for await _ in stream {}
    }

    func publish(_ addon: Addon) {
        state.withLock { $0.addons.append(addon) }
        add("publish \(addon.key.addon)\(addon.lastObserved == nil ? "" : ", observed")")
    }

    func withdraw(_ key: AddonKey) { add("withdraw \(key.addon)") }

    func publish(_ status: PollingStatus, of account: String) { add("status of \(account): \(status.addons) addons") }

    func count(_ requests: Int, for purpose: RequestPurpose, of account: String) {
        add("\(account): \(requests) for \(purpose.label)")
    }
}

/// Writes what is logged to a runner's log.
struct RunnerLogHandler: LogHandler {
    let log: RunnerLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(_ log: RunnerLog) { self.log = log }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let text = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        log.add("\(event.level): \(event.message) \(text)")
    }
}
