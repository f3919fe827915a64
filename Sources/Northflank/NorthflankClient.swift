package import Backups

/// An event of the client's work, for metrics and logs.
package enum ClientEvent: Sendable {
    /// One request was answered or failed. `code` is the HTTP status, or `error` if there was no response; `duration`
    /// is in seconds.
    case request(EndpointName, code: String, duration: Double)
    /// A request is about to be repeated.
    case retry(APIError.Reason)
    /// A call failed, after all retries.
    case failure(EndpointName, APIError)
    case rateLimit(RateLimitHeaders)
    /// How far the server's clock is ahead of ours, by the header `Date`.
    case clock(ahead: Duration)
    /// A request waits this many seconds for the budget.
    case waiting(Double)
}

/// Reads lists from the API, including pages, retries and the budget. Safe to use from many tasks.
package struct NorthflankClient: Sendable {
    package struct Settings: Sendable {
        /// Without a slash at its end.
        package var baseURL: String
        /// If set, requests use the `/teams/{team}` routes.
        package var team: String?
        package var retry = RetryPolicy()

        package init(baseURL: String, team: String? = nil, retry: RetryPolicy = RetryPolicy()) {
            self.baseURL = baseURL
            self.team = team
            self.retry = retry
        }
    }

    /// How a request stands to the budget.
    private enum Admission {
        /// The first of a list.
        case first
        /// The same, admitted by the caller already.
        case granted
        /// A further page, or a repetition.
        case continuing
    }

    private let settings: Settings
    private let transport: any HTTPTransport
    private let time: any TimeSource
    private let budget: BudgetGate
    private let decoder: PageDecoder
    private let token: @Sendable () -> Secret
    private let random: @Sendable () -> Double
    private let onEvent: @Sendable (ClientEvent) -> Void

    /// - Parameters:
    ///   - token: called before every request, so that a new token is used at once.
    ///   - random: from 0 to 1, for the jitter of retries.
    package init(
        settings: Settings, transport: any HTTPTransport, time: any TimeSource, budget: BudgetGate,
        decoder: PageDecoder, token: @escaping @Sendable () -> Secret,
        random: @escaping @Sendable () -> Double = { .random(in: 0...1) },
        onEvent: @escaping @Sendable (ClientEvent) -> Void = { _ in }
    ) {
        self.settings = settings
        self.transport = transport
        self.time = time
        self.budget = budget
        self.decoder = decoder
        self.token = token
        self.random = random
        self.onEvent = onEvent
    }

    // Each call waits for the budget before its first request, unless the caller says that this one was admitted.

    /// All projects that the token can see.
    /// - Throws: `APIError` if the list could not be read to its end.
    package func projects(isAdmitted: Bool = false) async throws(APIError) -> Listing<ProjectListing> {
        try await all(.projects, isAdmitted)
    }

    /// All addons of a project.
    /// - Throws: `APIError` if the list could not be read to its end.
    package func addons(project: String, isAdmitted: Bool = false) async throws(APIError) -> Listing<AddonListing> {
        try await all(.addons(project: project), isAdmitted)
    }

    /// The backups of an addon, each once, in arbitrary order.
    ///
    /// - Parameters:
    ///   - reach: reading stops at this time, because older backups are known; nil to read all pages. Ignored if a page
    ///     is not newest first, because the API does not promise this order.
    ///   - known: the list as it was read before; nil if it must be read whatever it is.
    ///   - sought: the `id` or the `uid` of a backup whose creation is wanted; nil for none.
    /// - Returns: nil if the list is still `known`.
    /// - Throws: `APIError` if the list could not be read to `reach`, or to its end.
    package func backups(
        project: String, addon: String, backTo reach: Timestamp? = nil, unlessStill known: SeenList? = nil,
        seeking sought: String? = nil, isAdmitted: Bool = false
    ) async throws(APIError) -> Listing<Backup>? {
        let endpoint = Endpoint.backups(project: project, addon: addon)
        return try await reporting(endpoint) { () async throws(APIError) in
            let first = try await fetch(endpoint, .first, isAdmitted ? .granted : .first)
            let clockAhead = first.clockAhead(now: time.wall)
            if let known, known.isStill(first.body, backTo: reach, clockAhead: clockAhead) { return nil }
            let list: ListMerge<Backup>.List = try await rest(
                of: endpoint, from: first.body, backTo: reach, cutting: true, seeking: sought)
            var listing = list.listing
            listing.sought = sought.map { SoughtBackup(name: $0, createdAt: list.sought) }
            listing.remarks = ListRemarks(
                list.setAside, cutAfter: list.isCut ? listing.entries.count : nil, clockAhead: clockAhead)
            listing.unreadableIdentities = list.setAside.identities
            listing.seen = SeenList(listing, body: first.body)
            return listing
        }
    }

    /// All backup schedules of an addon.
    /// - Throws: `APIError` if the list could not be read to its end.
    package func schedules(
        project: String, addon: String, isAdmitted: Bool = false
    ) async throws(APIError) -> Listing<BackupSchedule> {
        try await all(.schedules(project: project, addon: addon), isAdmitted)
    }

    /// All restores of an addon.
    /// - Throws: `APIError` if the list could not be read to its end.
    package func restores(
        project: String, addon: String, isAdmitted: Bool = false
    ) async throws(APIError) -> Listing<RestoreListing> {
        try await all(.restores(project: project, addon: addon), isAdmitted)
    }

    /// What the API says about the token; nil if it does not say it, because it is older than that route.
    ///
    /// Sent once, and a failure is no event of its own: it keeps no list from being read.
    /// - Throws: `APIError` if the request failed.
    package func token(isAdmitted: Bool = false) async throws(APIError) -> TokenFacts? {
        let url = Endpoint.auth.url(base: settings.baseURL, team: nil, page: .first)
        do throws(APIError) {
            let response = try await fetchOnce(.auth, url, isAdmitted ? .granted : .first)
            let token = token()
            return TokenFacts(body: response.body)?.mapTexts { String(token.redact(from: $0).prefix(100)) }
        } catch {
            if error.status == 404 { return nil }
            throw error
        }
    }

    private func all<Entry: ListEntry>(
        _ endpoint: Endpoint, _ isAdmitted: Bool
    ) async throws(APIError) -> Listing<Entry> {
        try await reporting(endpoint) { () async throws(APIError) in
            let first = try await fetch(endpoint, .first, isAdmitted ? .granted : .first)
            return try await rest(of: endpoint, from: first.body, backTo: nil, cutting: false).listing
        }
    }

    /// A list from the body of its first page on.
    ///
    /// - Parameter cutting: whether reading ends after the greatest number of pages; else a longer list is an error.
    private func rest<Entry: ListEntry>(
        of endpoint: Endpoint, from first: [UInt8], backTo reach: Timestamp?, cutting: Bool,
        seeking sought: String? = nil
    ) async throws(APIError) -> ListMerge<Entry>.List {
        var merged = ListMerge<Entry>()
        var pager = Pager()
        var body = first
        while true {
            let page: PageDecoder.Page<Entry> = try decoder.page(body, seeking: sought)
            let newEntries = merged.add(page)
            let next = try pager.next(
                after: .init(hasNextPage: page.hasNextPage, cursor: page.cursor, newEntries: newEntries),
                cutting: cutting)
            let isEnough = merged.isNewestFirst && reach.flatMap { reach in merged.oldest.map { $0 <= reach } } ?? false
            guard let next, !isEnough else {
                return merged.list(pages: pager.pages, isWhole: next == nil && !pager.isCut, isCut: pager.isCut)
            }
            body = try await fetch(endpoint, next, .continuing).body
        }
    }

    private func reporting<Value>(
        _ endpoint: Endpoint, _ call: () async throws(APIError) -> Value
    ) async throws(APIError) -> Value {
        do throws(APIError) {
            return try await call()
        } catch {
            if error.reason != .cancelled { onEvent(.failure(endpoint.name, error)) }
            throw error
        }
    }

    /// A 2xx response, after retries.
    private func fetch(
        _ endpoint: Endpoint, _ page: Pager.Request, _ admission: Admission
    ) async throws(APIError) -> HTTPResponse {
        let url = endpoint.url(base: settings.baseURL, team: settings.team, page: page)
        var attempt = 1
        while true {
            do throws(APIError) {
                return try await fetchOnce(endpoint, url, attempt > 1 ? .continuing : admission)
            } catch {
                guard let delay = settings.retry.delay(after: attempt, error: error, random: random()) else {
                    throw error
                }
                onEvent(.retry(error.reason))
                try await cancellable { try await time.sleep(for: delay) }
                attempt += 1
            }
        }
    }

    private func fetchOnce(
        _ endpoint: Endpoint, _ url: String, _ admission: Admission
    ) async throws(APIError) -> HTTPResponse {
        if admission != .granted {
            try await cancellable {
                try await budget.admit(continuing: admission == .continuing, time: time) { onEvent(.waiting($0)) }
            }
        }
        let token = token()
        let subject = RequestSubject(endpoint, base: settings.baseURL, team: settings.team)
        let start = time.uptime
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await transport.get(HTTPRequest(url: url, token: token))
        } catch {
            if error.kind != .cancelled {
                onEvent(.request(endpoint.name, code: "error", duration: time.uptime - start))
            }
            throw APIError(error, subject, after: time.uptime - start)
        }
        onEvent(.request(endpoint.name, code: String(response.status), duration: response.duration))
        let rateLimit = RateLimitHeaders(response.headers)
        if let rateLimit {
            budget.withBudget { $0.observe(rateLimit, now: time.uptime) }
            onEvent(.rateLimit(rateLimit))
        }
        if let date = response.date { onEvent(.clock(ahead: date - time.wall)) }
        guard response.status != 429 else {
            let refusal = Refusal(response, now: time.wall)
            let wait = budget.withBudget { $0.refused(refusal, sent: start, now: time.uptime) }
            throw APIError(refusal, detail: detail(response, token), wait: wait)
        }
        budget.withBudget { $0.answered(sent: start) }
        if (200..<300).contains(response.status) { return response }
        throw APIError(
            response: response, subject, detail: detail(response, token),
            location: response.headers["location"].map { String(token.redact(from: $0).prefix(200)) },
            retryAfter: response.retryAfter(now: time.wall))
    }

    /// The API's own message, redacted; nil if the body is not an error of the API.
    private func detail(_ response: HTTPResponse, _ token: Secret) -> String? {
        decoder.errorMessage(in: response.body).map { String(token.redact(from: $0).prefix(200)) }
    }

    private func cancellable(_ wait: () async throws -> Void) async throws(APIError) {
        do { try await wait() } catch { throw APIError(.cancelled, "cancelled") }
    }
}
