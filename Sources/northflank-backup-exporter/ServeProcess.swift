import ArgumentParser
import Backups
import CSupport
import Dispatch
package import Exporter
package import ExporterHTTP
package import Exposition
package import Fleet
import FoundationEssentials
import Glibc
import History
import Hummingbird
import Logging
import Northflank
package import Polling
import ServiceLifecycle
import Settings

/// Runs the exporter and its HTTP servers until a signal ends them.
struct ServeProcess {
    let exporter: BackupExporter
    let web: WebOptions
    let log: Logger
    let signals: ProcessSignals
    /// Called with the URL to open, once it can be opened.
    var onListening: @Sendable (String) -> Void = { _ in }

    func run() async throws {
        var facts: Logger.Metadata = ["version": "\(BuildInfo.version)", "revision": "\(BuildInfo.revision)"]
        if exporter.shard.isPart { facts["shard"] = "\(exporter.shard)" }
        log.info("starting", metadata: facts)
        let connections = Connections(limit: try connectionLimit())
        let access = try web.access(connections: connections, log: log)
        // Before the first scrape, so that the first page has the history.
        exporter.recall()
        let responder = ExporterResponder(
            endpoints: exporter, connections: connections, access: access, telemetryPath: web.telemetryPath,
            allowsReload: web.enableLifecycle, paths: try web.paths(), links: try web.links())
        let sources = try web.sources()
        warnAboutOpenness(sources, access)
        let (isListening, listening) = AsyncStream.makeStream(of: Void.self)
        let servers: [any Service] = sources.map { source in
            ServerService(
                server: ExporterServer(source, responder: responder, log: log) { [log, onListening] port in
                    log.info("listening", metadata: ["address": "\(source.description(port: port))"])
                    if let url = source.url(port: port, isEncrypted: access.isEncrypted) { onListening(url) }
                    listening.yield()
                })
        }
        let manager = ServiceManager(
            environment: ProcessInfo.processInfo.environment, processID: getpid(), exporter: exporter, time: .system,
            listening: isListening, addresses: sources.count)
        // Services end in reverse: first the servers, which finish their scrapes, then the polls.
        let services: [any Service] =
            [
                PollService(exporter: exporter, log: log),
                ReloadService(exporter: exporter, access: access, signals: signals),
            ] + servers
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

    /// The number of connections at the same time: what is configured, if there are descriptors for it.
    private func connectionLimit() throws -> Int {
        let files = Int(nbe_raise_open_files())
        let configuration = exporter.configuration
        let requests = configuration.accounts.count * configuration.poll.concurrency
        guard let limit = OpenFiles.connections(wanted: web.maxConnections, files: files, requests: requests) else {
            StandardError.write(
                "The limit of open files is \(files), and \(OpenFiles.needed(requests: requests)) are needed: raise it "
                    + "(LimitNOFILE= of a unit, ulimit -n of a shell).\n")
            throw ExitCode.badConfiguration
        }
        if limit < web.maxConnections {
            log.warning(
                "fewer connections than configured",
                metadata: [
                    "connections": "\(limit)", "web.max-connections": "\(web.maxConnections)", "files": "\(files)",
                    "remedy": "raise the limit of open files (LimitNOFILE=, ulimit -n)",
                ])
        }
        return limit
    }

    /// Says in one line what every client that reaches an open address can see.
    private func warnAboutOpenness(_ sources: [ListenSource], _ access: WebAccess) {
        guard sources.contains(where: \.isReachable), !access.isEncrypted || !access.hasUsers else { return }
        log.info(
            "no TLS or no users",
            metadata: [
                "remedy":
                    "everyone who reaches the address can read names, states and sizes of all databases: see --web.config.file"
            ])
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
                log.error("stopped; history not closed")
                _exit(1)
            }
        }
    }
}

/// Reloads the configuration at each SIGHUP, and the web configuration when its files change.
struct ReloadService: Service {
    /// Between two looks at the files of the web configuration.
    private static let interval = 1.0

    let exporter: BackupExporter
    let access: WebAccess
    let signals: ProcessSignals

    func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in signals.reloads.cancelOnGracefulShutdown() {
                    access.refresh()
                    // The exporter has logged the problems.
                    try? exporter.reload()
                }
            }
            guard access.isConfigured else { return }
            group.addTask {
                await cancelWhenGracefulShutdown {
                    let time: any TimeSource = .system
                    while (try? await time.sleep(for: Self.interval)) != nil { access.refresh() }
                }
            }
        }
    }
}

extension BackupExporter: ExporterEndpoints {
    package func page(_ format: ExpositionFormat, _ web: WebStatus) -> any PagePieces { page(format, web: web) }

    package var shards: (count: Int, addresses: [String]?) { (shard.count, shardAddresses) }

    package func copyState() async -> Result<StateFile, StateFile.Failure> {
        await withCheckedContinuation { continuation in
            // Not a task: a copy waits for the disk, and must not have the thread that answers scrapes.
            DispatchQueue.global().async {
                do throws(HistoryCopyError) {
                    let copy = try self.copyHistory()
                    let file = StateFile(size: copy.size) { try copy.bytes(at: $0, count: $1) }
                    continuation.resume(returning: .success(file))
                } catch {
                    continuation.resume(returning: .failure(StateFile.Failure("\(error)")))
                }
            }
        }
    }

    package func check(webhookToken: String?) -> Webhooks.Answer { webhooks.check(token: webhookToken) }

    package func receive(webhookToken: String?, eventID: String?, body: [UInt8]) -> Webhooks.Answer {
        webhooks.receive(token: webhookToken, eventID: eventID, body: body)
    }
}
