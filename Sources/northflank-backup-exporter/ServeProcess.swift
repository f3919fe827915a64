import ArgumentParser
import Backups
package import Exporter
import ExporterHTTP
package import Exposition
import Fleet
import FoundationEssentials
import Glibc
import Hummingbird
import Logging
package import Polling
import ServiceLifecycle
import Settings

/// Runs the exporter and its HTTP servers until a signal ends them.
struct ServeProcess {
    let exporter: BackupExporter
    let web: WebOptions
    let log: Logger
    let signals: ProcessSignals
    var onListening: @Sendable (ListenAddress, Int) -> Void = { _, _ in }

    func run() async throws {
        var facts: Logger.Metadata = ["version": "\(BuildInfo.version)", "revision": "\(BuildInfo.revision)"]
        if exporter.shard.isPart { facts["shard"] = "\(exporter.shard)" }
        log.info("starting", metadata: facts)
        // Before the first scrape, so that the first page has the history.
        exporter.recall()
        let addresses = web.addresses.isEmpty ? [ListenAddress(host: "", port: 9974)] : web.addresses
        let responder = ExporterResponder(
            endpoints: exporter, telemetryPath: web.telemetryPath, allowsReload: web.enableLifecycle)
        let (isListening, listening) = AsyncStream.makeStream(of: Void.self)
        let servers: [any Service] = addresses.map { address in
            ServerService(
                server: ExporterServer(address, responder: responder, log: log) { [log, onListening] port in
                    log.info("listening", metadata: ["address": "\(ListenAddress(host: address.host, port: port))"])
                    onListening(address, port)
                    listening.yield()
                })
        }
        let manager = ServiceManager(
            environment: ProcessInfo.processInfo.environment, processID: getpid(), exporter: exporter, time: .system,
            listening: isListening, addresses: addresses.count)
        // Services end in reverse: first the servers, which finish their scrapes, then the polls.
        let services: [any Service] =
            [PollService(exporter: exporter, log: log), ReloadService(exporter: exporter, signals: signals)] + servers
            + (manager.map { [$0] } ?? [])
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }
                + [.init(service: signals, successTerminationBehavior: .gracefullyShutdownGroup)],
            logger: quiet(log))
        configuration.maximumGracefulShutdownDuration = .seconds(4)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            // The time for a graceful end was over, which also ends the process.
        }
        log.info("stopped")
    }

    /// The lifecycle library's own messages are for its developers.
    private func quiet(_ log: Logger) -> Logger {
        var quiet = log
        quiet.logLevel = .critical
        return quiet
    }
}

/// Serves until the shutdown begins, and then to the end of the open requests.
struct ServerService: Service {
    let server: ExporterServer

    func run() async throws { try await server.run() }
}

/// Polls until the shutdown begins.
struct PollService: Service {
    let exporter: BackupExporter
    let log: Logger

    func run() async throws {
        await withGracefulShutdownHandler {
            await cancelWhenGracefulShutdown { await exporter.run() }
            await exporter.shutDown()
        } onGracefulShutdown: {
            // A write to a disk that does not answer cannot be cancelled; the file stays whole.
            Task {
                try await Task.sleep(for: .seconds(4.8))
                log.error("stopped without closing the history, whose disk does not answer")
                _exit(1)
            }
        }
    }
}

/// Reloads the configuration at each SIGHUP.
struct ReloadService: Service {
    let exporter: BackupExporter
    let signals: ProcessSignals

    func run() async throws {
        for await _ in signals.reloads.cancelOnGracefulShutdown() {
            // The exporter has logged the problems.
            try? exporter.reload()
        }
    }
}

extension BackupExporter: ExporterEndpoints {
    package func page(_ format: ExpositionFormat) -> any PagePieces { page(format, isTextfile: false) }

    package var shards: (count: Int, addresses: [String]?) { (shard.count, shardAddresses) }

    package func check(webhookToken: String?) -> Webhooks.Answer { webhooks.check(token: webhookToken) }

    package func receive(webhookToken: String?, eventID: String?, body: [UInt8]) -> Webhooks.Answer {
        webhooks.receive(token: webhookToken, eventID: eventID, body: body)
    }
}
