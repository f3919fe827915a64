import NIOCore

/// Ends what is too slow: the clock for a `RequestPace`, on the event loop of its connection.
final class PaceKeeper {
    private(set) var pace: RequestPace
    private let eventLoop: any EventLoop
    private let onLate: (RequestPace.Phase) -> Void
    private var timer: Scheduled<Void>?
    private var isEnded = false

    init(_ limits: RequestPace.Limits, on eventLoop: any EventLoop, onLate: @escaping (RequestPace.Phase) -> Void) {
        pace = RequestPace(limits, now: eventLoop.now)
        self.eventLoop = eventLoop
        self.onLate = onLate
        wait()
    }

    func update(_ change: (inout RequestPace, NIODeadline) -> Void) {
        let before = pace.deadline
        change(&pace, eventLoop.now)
        // A later deadline is found when the timer ends, which happens far less often than requests.
        if pace.deadline < before, !isEnded {
            timer?.cancel()
            wait()
        }
    }

    func end() {
        isEnded = true
        timer?.cancel()
        timer = nil
    }

    private func wait() {
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: pace.deadline) {
            guard !self.isEnded else { return }
            if self.pace.deadline <= self.eventLoop.now {
                self.end()
                self.onLate(self.pace.phase)
            } else {
                self.wait()
            }
        }
    }
}
