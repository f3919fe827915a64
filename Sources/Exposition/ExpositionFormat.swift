/// The formats that Prometheus and compatible scrapers read.
package enum ExpositionFormat: CaseIterable, Sendable {
    /// The text format 0.0.4.
    case text
    /// OpenMetrics 1.0.0.
    case openMetrics

    /// The value of `Content-Type`, exactly as in the format's specification.
    package var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// Chooses a format by the `Accept` header of a request.
    ///
    /// The higher quality wins, and OpenMetrics wins a tie. A client that accepts neither (it asks for protobuf
    /// or an unknown version) gets text, which serves it better than a refusal.
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

    /// Whether a value of `Accept-Encoding` allows gzip. An element that names gzip decides, else `*`.
    package static func acceptsGzip(_ acceptEncoding: String?) -> Bool {
        let elements = HeaderElement.list(acceptEncoding ?? "")
        let match = elements.first { $0.name == "gzip" || $0.name == "x-gzip" } ?? elements.first { $0.name == "*" }
        return (match?.quality ?? 0) > 0
    }
}

/// One element of a list header with parameters and quality, such as `text/plain;version=0.0.4;q=0.5`.
struct HeaderElement {
    /// The element's first part in lower case.
    let name: String
    /// The parameters but for `q`, by their names in lower case.
    let parameters: [String: String]
    /// The element's `q`, from 0 to 1; 1 if there is none, and 0 if it cannot be read.
    let quality: Double

    /// The elements of a header's value; elements without a name are left out.
    static func list(_ value: String) -> [HeaderElement] {
        value.split(separator: ",").compactMap { element in
            let parts = element.split(separator: ";").map { trim($0) }
            guard let name = parts.first, !name.isEmpty else { return nil }
            var parameters: [String: String] = [:]
            var quality = 1.0
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1).map { trim($0) }
                guard pair.count == 2 else { continue }
                if pair[0].lowercased() == "q" {
                    quality = Double(pair[1]).flatMap { (0...1).contains($0) ? $0 : nil } ?? 0
                } else {
                    parameters[pair[0].lowercased()] = String(trim(pair[1], of: "\""))
                }
            }
            return HeaderElement(name: name.lowercased(), parameters: parameters, quality: quality)
        }
    }

    /// The text without certain characters at both ends; space and tab if not given.
    private static func trim(_ text: Substring, of characters: String = " \t") -> Substring {
        var text = text
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return text
    }
}
