import CSupport
import Exporter
import Northflank
import Reports
import ServiceLifecycle

/// Tells systemd, or another service manager with the same protocol, when the exporter serves, its status, that it
/// lives, and when it stops. See sd_notify(3).
struct ServiceManager: Service {
    /// Seconds between two messages, unless a watchdog requires shorter intervals.
    private static let usualInterval = 10.0

    /// The value of `NOTIFY_SOCKET`.
    private let socket: String
    /// Seconds without a message after which the service manager takes the process for dead; nil without a watchdog.
    private let patience: Double?
    private let exporter: BackupExporter
    private let time: any TimeSource
    /// Gives an element for each address that is listened on.
    private let listening: AsyncStream<Void>
    private let addresses: Int

    /// - Returns: nil without a service manager.
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
        // The watchdog can be meant for another process, from which this process inherited its environment.
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(processID)" } ?? true
        let microseconds = isMeant ? environment["WATCHDOG_USEC"].flatMap(Double.init) : nil
        patience = microseconds.flatMap { $0 > 0 ? $0 / 1_000_000 : nil }
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            await cancelWhenGracefulShutdown { await sendStatus() }
        } onGracefulShutdown: {
            notify("STOPPING=1")
        }
    }

    private func sendStatus() async {
        var missing = addresses
        for await _ in listening {
            missing -= 1
            if missing == 0 { break }
        }
        guard missing == 0 else { return }
        let interval = min(Self.usualInterval, (patience ?? .infinity) / 3)
        repeat {
            // The report uses the same threads and data as scrapes: if these hang, no message is sent. READY is
            // repeated, because a message can be lost while the manager is slow to read.
            let standstill = exporter.standstill
            let status = standstill ?? exporter.report().headline
            notify("READY=1\nSTATUS=\(status)" + (standstill == nil ? "\nWATCHDOG=1" : ""))
        } while (try? await time.sleep(for: interval)) != nil
    }

    private func notify(_ state: String) { _ = unsafe nbe_notify(socket, state) }
}
