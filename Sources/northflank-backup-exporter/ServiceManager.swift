import CSupport
import Exporter
import Northflank
import Reports
import ServiceLifecycle

/// Tells systemd, or who else speaks its protocol, when the exporter serves, how it is, that it lives, and when it
/// stops. See sd_notify(3).
struct ServiceManager: Service {
    /// Seconds between two words about how it is, where no watchdog wants more of them.
    private static let usualInterval = 10.0

    /// The value of `NOTIFY_SOCKET`.
    private let socket: String
    /// Seconds after which a process that has said nothing is taken for dead; nil if nobody watches.
    private let patience: Double?
    private let exporter: BackupExporter
    private let time: any TimeSource
    /// Gives an element for each address that is listened on.
    private let listening: AsyncStream<Void>
    private let addresses: Int

    /// - Returns: nil if nobody wants to be told.
    init?(
        environment: [String: String], processID: Int32, exporter: BackupExporter, time: any TimeSource,
        listening: AsyncStream<Void>, addresses: Int
    ) {
        guard let socket = environment["NOTIFY_SOCKET"], !socket.isEmpty else { return nil }
        self.socket = socket
        self.exporter = exporter
        self.time = time
        self.listening = listening
        self.addresses = addresses
        // A watchdog may be meant for another process, which has passed its environment on.
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(processID)" } ?? true
        let microseconds = isMeant ? environment["WATCHDOG_USEC"].flatMap(Double.init) : nil
        patience = microseconds.flatMap { $0 > 0 ? $0 / 1_000_000 : nil }
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            await cancelWhenGracefulShutdown { await tell() }
        } onGracefulShutdown: {
            notify("STOPPING=1")
        }
    }

    private func tell() async {
        var missing = addresses
        for await _ in listening {
            missing -= 1
            if missing == 0 { break }
        }
        guard missing == 0 else { return }
        let interval = min(Self.usualInterval, (patience ?? .infinity) / 3)
        repeat {
            // The report is made by the threads and from the data that scrapes are made of: if those stand still, so
            // does this. READY is said again, since a message may be lost where the manager is slow to read.
            let standstill = exporter.standstill
            let status = standstill ?? exporter.report().headline
            notify("READY=1\nSTATUS=\(status)" + (standstill == nil ? "\nWATCHDOG=1" : ""))
        } while (try? await time.sleep(for: interval)) != nil
    }

    private func notify(_ state: String) { _ = unsafe nbe_notify(socket, state) }
}
