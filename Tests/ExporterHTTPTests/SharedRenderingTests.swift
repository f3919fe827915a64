import NIOCore
import Synchronization
import Testing

@testable import ExporterHTTP

@Suite final class SharedRenderingTests: Sendable {
    private let rendering = SharedRendering<String>()
    private let count = Mutex(0)

    private func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    private func page(_ milliseconds: Int64) async -> String {
        await rendering.value(now: .uptimeNanoseconds(0) + .milliseconds(milliseconds)) { "\(self.next())" }
    }

    @Test("a page is the same for a second, and then a new one")
    func lifetime() async {
        #expect(await page(0) == "1")
        #expect(await page(999) == "1")
        #expect(await page(1000) == "2")
    }

    @Test("clients that ask while it is rendered share it")
    func shared() async {
        let pages = await withTaskGroup { group in
            for _ in 0..<64 { group.addTask { await self.page(5) } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(pages == ["1"])
    }
}
