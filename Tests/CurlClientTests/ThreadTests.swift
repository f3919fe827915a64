import Foundation
import Testing

@testable import CurlClient

/// The loop's thread and the way into it, without libcurl.
@Suite(.timeLimit(.minutes(1)))
struct ThreadTests {
    @Test func theLoopDoesNotSleepWhileACommandWaits() {
        let mailbox = Mailbox()
        #expect(mailbox.take().commands.isEmpty)
        #expect(mailbox.post(.cancel(1)))
        #expect(!mailbox.sleepIfEmpty())
        #expect(mailbox.take().commands.count == 1)
        #expect(mailbox.sleepIfEmpty())
    }

    /// A client that closes between the loop's look at its commands and the loop's sleep.
    @Test func theLoopDoesNotSleepWhenTheClientCloses() {
        let mailbox = Mailbox()
        #expect(!mailbox.take().isClosing)
        mailbox.close()
        #expect(!mailbox.sleepIfEmpty())
        #expect(mailbox.take().isClosing)
    }

    @Test func aDetachedMailboxRefusesCommands() {
        let mailbox = Mailbox()
        #expect(mailbox.post(.cancel(1)))
        #expect(mailbox.detach().count == 1)
        #expect(!mailbox.post(.cancel(2)))
        #expect(mailbox.detach().isEmpty)
        #expect(mailbox.take().isClosing)
    }

    /// The thread frees its own data after its body returns; a join that returns earlier misses it.
    @Test func aJoinedThreadHasFreedItsData() throws {
        let gate = Gate()
        let hasFreed = Flag()
        let thread = try #require(
            JoinableThread {
                ThreadData.set(hasFreed)
                gate.wait()
            })
        gate.open()
        thread.join()
        #expect(hasFreed.isSet)
        thread.join()
    }
}

/// Data of a thread, with a destructor that sets a flag.
private enum ThreadData {
    static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key) { pointer in
            guard let pointer else { return }
            Unmanaged<Flag>.fromOpaque(pointer).takeRetainedValue().set()
        }
        return key
    }()

    static func set(_ flag: Flag) {
        pthread_setspecific(key, Unmanaged.passRetained(flag).toOpaque())
    }
}

/// `@unchecked Sendable`: the variable is used under the lock alone.
private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false

    var isSet: Bool { lock.withLock { value } }

    func set() {
        lock.withLock { value = true }
    }
}
