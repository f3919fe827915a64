import CurlClient

/// Checks the address of the API before any request, by the rules of the HTTP client.
enum BaseURL {
    struct Problem: Error, Equatable {
        let message: String
    }

    /// The URL without a slash or `/v1` at its end.
    static func normalize(_ text: String, insecureHTTP: Bool) -> Result<String, Problem> {
        guard !text.contains("?"), !text.contains("#") else {
            return .failure(Problem(message: "\"\(text)\": a base URL has no query and no fragment"))
        }
        guard !text.contains("@") else {  // not repeated: the text before the @ is a secret
            let example = "expected one such as \(AccountConfiguration.defaultBaseURL)"
            return .failure(Problem(message: "the URL holds a user name or a password; \(example)"))
        }
        var url = text
        while url.hasSuffix("/") { url.removeLast() }
        if url.hasSuffix("/v1"), !url.hasSuffix("//v1") { url.removeLast(3) }
        var request = CurlRequest(url: url, userAgent: "")
        request.allowInsecureHTTP = insecureHTTP
        do throws(CurlError) {
            try request.validate()
        } catch {
            if error.kind == .insecureURL {
                let message = "\"\(text)\": plain http would show the token to the network; use https"
                return .failure(Problem(message: "\(message), or set insecure_http: true if you must"))
            }
            let example = "expected one such as \(AccountConfiguration.defaultBaseURL)"
            return .failure(Problem(message: "\"\(text)\": \(error.message); \(example)"))
        }
        return .success(url)
    }
}
