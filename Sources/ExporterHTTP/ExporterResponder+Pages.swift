import Fleet
import HTTPTypes
import Hummingbird
import NIOCore
package import Pages
package import Reports

extension ExporterResponder {
    /// The route of an addon's page.
    package static let addonPagePath = "/addon"

    /// The page of the whole fleet. It differs with the query, so what is kept is what it is made of, and the page without
    /// a query, which many clients ask for.
    func fleetPage(_ request: Request, _ channel: any Channel) async -> Response {
        let now = channel.eventLoop.now
        let query = request.parameters
        let make = { @Sendable [self] in
            let page = FleetPage(
                await report(now: now), query: query, links: links.pages, version: BuildInfo.version)
            return ByteBuffer(bytes: page.bytes)
        }
        // Not on the connection's thread, which has scrapes to send.
        let page = query.isEmpty ? await wholePage.value(now: now, make: make) : await Task(operation: make).value
        return html(.ok, page, channel)
    }

    /// The page of the addon that the parameter `id` names.
    func addonPage(_ request: Request, _ channel: any Channel) async -> Response {
        let query = request.uri.queryParameters
        let parts = (query.get("id") ?? "").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), !parts.contains("") else {
            return text(.badRequest, "Name the addon as \(Self.addonPagePath)?id=ACCOUNT/PROJECT/ADDON.\n")
        }
        let page = query.get("page").flatMap(Int.init) ?? 1
        let reloads = query.get("refresh") != "off"
        let answer = await historyReads.run { [endpoints, links] () -> Result<ByteBuffer, PageProblem> in
            switch endpoints.explain(parts, days: AddonPage.days, runbooks: links.runbooks) {
            case .explanation(let explanation):
                let page = AddonPage(
                    explanation, page: page, reloads: reloads, links: links.pages, version: BuildInfo.version)
                return .success(ByteBuffer(bytes: page.bytes))
            case .unknown(let problem): return .failure(PageProblem(status: .notFound, text: problem))
            case .ambiguous(let problem): return .failure(PageProblem(status: .conflict, text: problem))
            }
        }
        switch answer {
        case .success(let html): return self.html(.ok, html, channel)
        case .failure(let problem):
            let page = ProblemPage(problem.text, links: links.pages, version: BuildInfo.version)
            return html(problem.status, ByteBuffer(bytes: page.bytes), channel)
        case nil: return readsAreBusy
        }
    }

    func html(_ status: HTTPResponse.Status, _ html: ByteBuffer, _ channel: any Channel) -> Response {
        var response = response(status, "text/html; charset=utf-8", ChunkedBody.body(of: html, on: channel))
        for field in PagePolicy.headers { response.headers[field.name] = field.value }
        return response
    }

    private struct PageProblem: Error {
        let status: HTTPResponse.Status
        let text: String
    }
}

/// Where links of pages and answers lead.
package struct WebLinks: Sendable, Equatable {
    package var pages: PageLinks
    package var runbooks: RunbookLinks

    package init(pages: PageLinks = PageLinks(), runbooks: RunbookLinks = RunbookLinks()) {
        (self.pages, self.runbooks) = (pages, runbooks)
    }
}
