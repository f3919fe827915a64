import ArgumentParser
import CurlClient
import Fleet
import FoundationEssentials
import Settings

/// How the commands that ask a running exporter reach it. With curl's names.
struct ClientOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Address of the exporter (default: \(ClientSettings.defaultURL))", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp(
            "Trust these authorities (PEM), not the system's", valueName: "file"))
    var cacert: String?

    @Option(help: ArgumentHelp("Show this certificate (PEM)", valueName: "file"))
    var cert: String?

    @Option(help: ArgumentHelp("Key of the certificate (PEM), if its file has none", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("Log in with user:password, the first line of FILE", valueName: "file"))
    var userFile: String?

    @Flag(
        name: [.customShort("k"), .long], help: "Accept any certificate, of a loopback address only")
    var insecure = false

    /// - Throws: `OwnServer.Problem` if a file is missing or wrong.
    func server() throws(OwnServer.Problem) -> OwnServer {
        var options = ClientSettings.Options()
        options.url = url
        options.cacert = cacert
        options.cert = cert
        options.key = key
        options.userFile = userFile
        options.insecure = insecure
        do throws(ConfigurationError) {
            return OwnServer(
                settings: try ClientSettings(options, environment: ProcessInfo.processInfo.environment))
        } catch {
            throw OwnServer.Problem(description: error.description)
        }
    }
}

/// Sends requests to a running exporter.
struct OwnServer {
    let settings: ClientSettings

    /// The reason for a missing answer, for people.
    struct Problem: Error, CustomStringConvertible {
        let description: String
        /// Whether nothing has answered as an exporter does.
        var isUnanswered = false
        /// Whether no program listens there.
        var isAbsent = false
    }

    /// The body of an answer with status 200.
    ///
    /// - Throws: `Problem` if there is none within ten seconds.
    func get(_ path: String) async throws(Problem) -> [UInt8] {
        try await send(settings.request(path, userAgent: BuildInfo.userAgent)).body
    }

    /// The status and the body of an answer with status 200, or with one of those whose body explains it.
    ///
    /// - Throws: `Problem` if there is none within the timeout.
    func get(
        _ path: String, orExplained statuses: Set<Int>, timeout: Duration = .seconds(10)
    ) async throws(Problem) -> (status: Int, body: [UInt8]) {
        try await send(
            settings.request(path, userAgent: BuildInfo.userAgent), expecting: statuses.union([200]), within: timeout)
    }

    /// The body of an answer with status 200, which can take long.
    ///
    /// - Parameter onProgress: called with the bytes so far, and those of the whole body.
    /// - Throws: `Problem` if it is not there within the exporter's own limit.
    func getLarge(
        _ path: String, onProgress: @escaping @Sendable (_ received: Int, _ announced: Int) -> Void
    ) async throws(Problem) -> [UInt8] {
        var request = settings.request(path, userAgent: BuildInfo.userAgent)
        request.onProgress = onProgress
        return try await send(request, within: .seconds(120), maxBodyBytes: 4 << 30).body
    }

    /// The body of an answer to a POST without a body, with status 200.
    ///
    /// - Throws: `Problem` if there is none within ten seconds.
    func post(_ path: String) async throws(Problem) -> [UInt8] {
        var request = settings.request(path, userAgent: BuildInfo.userAgent)
        request.isPost = true
        return try await send(request).body
    }

    /// - Parameter advice: what to do; nil if the server may be another program than the exporter.
    func problem(_ reason: String, advice: String? = nil) -> Problem {
        Problem(
            description: "\(settings.url) \(reason)"
                + (advice ?? "is it another program? Name the exporter's address with --url").prefixed(with: "; "),
            isUnanswered: advice == nil)
    }

    /// - Parameter maxBodyBytes: by default enough for a report of a fleet, which has about 430 bytes per addon.
    private func send(
        _ request: CurlRequest, expecting statuses: Set<Int> = [200], within limit: Duration = .seconds(10),
        maxBodyBytes: Int = 256 << 20
    ) async throws(Problem) -> (status: Int, body: [UInt8]) {
        let curl = CurlClient()
        var request = request
        request.totalTimeout = limit
        // The proxy is for requests to Northflank.
        request.usesProxy = false
        request.maxBodyBytes = maxBodyBytes
        var problem: Problem
        do throws(CurlError) {
            let response = try await curl.perform(request)
            if statuses.contains(response.status) {
                await curl.shutdown()
                return (response.status, response.body)
            }
            problem = self.problem(response, isPost: request.isPost)
        } catch {
            let advice = settings.advice(error)
            problem = Problem(
                description: "no exporter answers at \(settings.url) (\(error.cause)); "
                    + (advice ?? "start one (serve), or name its address with --url"),
                isUnanswered: advice == nil)
            problem.isAbsent = error.kind == .connect
        }
        await curl.shutdown()
        throw problem
    }

    /// - Parameter response: a response with another status. The exporter's body explains it.
    private func problem(_ response: CurlResponse, isPost: Bool) -> Problem {
        let status = "answers HTTP \(response.status)"
        if let advice = settings.advice(response) { return problem(status, advice: advice) }
        // The exporter explains these in its body; another program can have other pages where the exporter has none.
        guard (isPost ? [400, 403, 404, 409, 503] : [403, 503]).contains(response.status) else {
            return problem(status)
        }
        let text = String(decoding: response.body.prefix(200), as: UTF8.self).prefix { !$0.isNewline }
        return problem(text.isEmpty ? status : "\(status): \(text)", advice: "")
    }
}

extension String {
    fileprivate func prefixed(with prefix: String) -> String { isEmpty ? "" : prefix + self }
}
