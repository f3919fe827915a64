import Backups
import Testing

@testable import History

@Suite struct EventTests {
    @Test(
        "events as lines of a log",
        arguments: [
            (
                .inMemory(.inUse, path: "/s", detail: "x"),
                "Another process uses the history in /s: it is kept in memory until that ends."
            ),
            (
                .inMemory(.newerVersion, path: "/s", detail: "x"),
                "A later version of the exporter wrote the history in /s: it is left alone, and kept in memory."
            ),
            (
                .inMemory(.foreign, path: "/s", detail: "x"),
                "/s is a database of another program: it is left alone, and the history is kept in memory."
            ),
            (
                .inMemory(.unwritable, path: "/s", detail: "disk full"),
                "The history in /s cannot be written: disk full. It is kept in memory until it can."
            ),
            (
                .onDisk(path: "/s", isTakenFromFile: false),
                "The history is kept in /s again, with all that was kept in memory."
            ),
            (.onDisk(path: "/s", isTakenFromFile: true), "The history is kept in /s again, as it was found there."),
            (
                .setAside(path: "/s", kept: "/t", detail: "malformed"),
                "The history in /s was corrupt: malformed. It was renamed to /t, and a new one begun."
            ),
            (
                .inMemory(.noLocks, path: "/s", detail: "No locks available"),
                """
                The file system of the history in /s gives no file locks: No locks available. The history is kept in \
                memory until it does. Set state.path to a local disk, or start the lock service of NFS.
                """
            ),
            (
                .logLost(path: "/s", since: Timestamp(milliseconds: 60_000)),
                """
                The log /s-wal is lost: the history in /s lacks the changes since 1970-01-01T00:01:00Z. The next polls \
                read again what Northflank still lists. Keep, copy and restore both files together.
                """
            ),
            (.lost(detail: "no"), "A change of the history could not be kept: no."),
        ] as [(HistoryEvent, String)])
    func lines(event: HistoryEvent, line: String) {
        #expect(event.description == line)
        #expect(event.isProblem == !line.contains("kept in /s again"))
    }
}
