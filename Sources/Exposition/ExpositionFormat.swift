/// The two formats that Prometheus and its relatives read.
package enum ExpositionFormat: CaseIterable, Sendable {
    /// The text format 0.0.4.
    case text
    /// OpenMetrics 1.0.0.
    case openMetrics

    /// The value of `Content-Type`, exactly as the format's specification has it.
    package var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// Chooses by the `Accept` header of a request.
    ///
    /// The higher quality wins, OpenMetrics at a tie, and text where nothing fits: a client that asks for
    /// something that we do not have (protobuf, an unknown version) is better served with text than refused.
    package init(accept: String?) {
        var text = 0.0
        var openMetrics = 0.0
        for element in HeaderElement.list(accept ?? "") {
            switch (element.name, element.parameters["version"]) {
            case ("application/openmetrics-text", nil), ("application/openmetrics-text", "1.0.0"):
                openMetrics = max(openMetrics, element.quality)
            case ("text/plain", nil), ("text/plain", "0.0.4"), ("text/*", _), ("*/*", _):
                text = max(text, element.quality)
            default: continue
            }
        }
        self = openMetrics > 0 && openMetrics >= text ? .openMetrics : .text
    }

    /// Whether the value of `Accept-Encoding` allows gzip; the most specific element decides.
    package static func acceptsGzip(_ acceptEncoding: String?) -> Bool {
        let elements = HeaderElement.list(acceptEncoding ?? "")
        let match = elements.first { $0.name == "gzip" || $0.name == "x-gzip" } ?? elements.first { $0.name == "*" }
        return (match?.quality ?? 0) > 0
    }
}

/// One element of a list header with parameters and quality, such as `text/plain;version=0.0.4;q=0.5`.
struct HeaderElement {
    /// In lower case.
    let name: String
    /// Names in lower case, without `q`.
    let parameters: [String: String]
    /// From 0 to 1; a value that cannot be read counts as 0, since it promises nothing.
    let quality: Double

    static func list(_ value: String) -> [HeaderElement] {
        value.split(separator: ",").compactMap { element in
            let parts = element.split(separator: ";").map(trim)
            guard let name = parts.first, !name.isEmpty else { return nil }
            var parameters: [String: String] = [:]
            var quality = 1.0
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1).map(trim)
                guard pair.count == 2 else { continue }
                if pair[0].lowercased() == "q" {
                    quality = Double(pair[1]).flatMap { (0...1).contains($0) ? $0 : nil } ?? 0
                } else {
                    parameters[pair[0].lowercased()] = trim(pair[1], also: "\"")
                }
            }
            return HeaderElement(name: name.lowercased(), parameters: parameters, quality: quality)
        }
    }

    private static func trim(_ text: Substring) -> Substring { trim(text, also: " ")[...] }

    private static func trim(_ text: Substring, also extra: Character) -> String {
        var text = text
        while let first = text.first, first == " " || first == "\t" || first == extra { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" || last == extra { text.removeLast() }
        return String(text)
    }
}
