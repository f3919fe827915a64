import Dispatch
import History
import Logging

/// A line in the log while the start waits for the disk of the history, which can last for ever.
struct SlowOpening {
    /// Seconds until the line. A slow disk and the change of a file to a later version need less.
    static let patience = 10.0

    private let line: DispatchWorkItem

    /// Writes the line unless `end` is called in time.
    init(_ location: HistoryLocation, log: Logger) {
        line = DispatchWorkItem {
            guard case .file(let path) = location else { return }
            log.error(
                "start waits for the disk of the history",
                metadata: ["path": "\(path)"])
        }
        // Not a task: the waiting start can have the only thread of the tasks.
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience, execute: line)
    }

    func end() { line.cancel() }
}
