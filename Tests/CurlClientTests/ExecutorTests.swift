import Foundation
import Testing

@testable import CurlClient

/// Tasks that run and sleep on a client's thread.
@Suite(.timeLimit(.minutes(1)))
struct ExecutorTests {
    private let client = CurlClient()

    /// A number of the thread that runs the caller.
    private static func thread() -> UInt { UInt(pthread_self()) }

    @Test("all tasks that prefer it run on the client's thread, also after a response and after a sleep")
    func oneThread() async throws {
        let server = try ScriptedServer { _ in http(body: "body") }
        let threads = await withTaskGroup(of: Set<UInt>.self) { group in
            for _ in 0..<20 {
                group.addTask(executorPreference: client.executor) {
                    var threads = [Self.thread()]
                    _ = try? await client.perform(server.request())
                    threads.append(Self.thread())
                    try? await client.sleep(for: 0)
                    threads.append(Self.thread())
                    return Set(threads)
                }
            }
            return await group.reduce(into: Set()) { $0.formUnion($1) }
        }
        #expect(threads.count == 1)
        #expect(!threads.contains(Self.thread()))
    }

    @Test("a transfer goes on while tasks that never rest keep the thread")
    func busyTasks() async throws {
        let server = try ScriptedServer { _ in http(body: "body") }
        let busy = Task(executorPreference: client.executor) {
            while !Task.isCancelled { await Task.yield() }
        }
        #expect(try await client.perform(server.request()).body == Array("body".utf8))
        busy.cancel()
        await busy.value
    }

    @Test("after the client has ended, its tasks run elsewhere")
    func ended() async {
        let thread = await Task(executorPreference: client.executor) { Self.thread() }.value
        let left = Task(executorPreference: client.executor) {
            await client.shutdown()
            return Self.thread()
        }
        #expect(await left.value != thread)
        #expect(await Task(executorPreference: client.executor) { true }.value)
    }

    @Test("a sleep ends when its task is cancelled, before or in the middle, and with the client")
    func cancelled() async {
        for isEarly in [true, false] {
            let gate = Gate()
            let task = Task {
                if isEarly { gate.wait() }
                try await client.sleep(for: 1e9)
            }
            task.cancel()
            gate.open()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        let task = Task(executorPreference: client.executor) { try await client.sleep(for: 1e9) }
        // Runs after the task's first step, which has begun the sleep.
        await Task(executorPreference: client.executor) {}.value
        await client.shutdown()
        await #expect(throws: CancellationError.self) { try await task.value }
        await #expect(throws: CancellationError.self) { try await client.sleep(for: 0) }
    }

    @Test("sleepers wake in the order of their ends, and none early")
    func order() async {
        await withTaskGroup(of: Int.self) { group in
            let ends = [3.0, 1, 2, 2, 5]
            let sleepers = Locked(Sleepers())
            for (index, end) in ends.enumerated() {
                group.addTask {
                    let hasSlept = await withCheckedContinuation { continuation in
                        sleepers.with { $0.add(UInt(index), until: end, continuation) }
                    }
                    return hasSlept ? index : -index
                }
            }
            while sleepers.with(\.count) < ends.count { await Task.yield() }
            #expect(sleepers.with { $0.timeout(atMost: 10_000, now: 0.5) } == 500)
            #expect(sleepers.with { $0.timeout(atMost: 10_000, now: 0.9999) } == 1)
            #expect(sleepers.with { $0.timeout(atMost: 100, now: 0.5) } == 100)
            #expect(sleepers.with { $0.timeout(atMost: 100, now: 7) } == 0)
            func woken(at now: Double, _ count: Int) async -> Set<Int> {
                sleepers.with { $0.wakeDue(now: now) }
                var woken: Set<Int> = []
                for _ in 0..<count { woken.insert(await group.next() ?? .max) }
                return woken
            }
            sleepers.with { $0.wakeDue(now: 0.999) }
            #expect(sleepers.with(\.count) == 5)
            #expect(await woken(at: 1, 1) == [1])
            #expect(await woken(at: 2.5, 2) == [2, 3])
            sleepers.with { $0.cancel(4) }
            #expect(await group.next() == -4)
            #expect(await woken(at: 3, 1) == [0])
            #expect(sleepers.with { $0.timeout(atMost: 100, now: 7) } == 100)
        }
    }
}

/// `@unchecked Sendable`: the value is used under the lock alone.
private final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) { self.value = value }

    func with<Result>(_ body: (inout Value) -> Result) -> Result { lock.withLock { body(&value) } }
}
