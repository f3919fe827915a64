package import Logging

/// The format of log lines.
package enum LogFormat: String, CaseIterable, Sendable {
    case logfmt, json
}

/// Writes one line per event, in the formats of Prometheus and related programs.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let format: LogFormat
    private let now: @Sendable () -> String
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - now: the time of day for `ts`, in RFC 3339.
    ///   - write: takes a whole line, with its line feed.
    package init(
        level: Logger.Level, format: LogFormat, now: @escaping @Sendable () -> String,
        write: @escaping @Sendable (String) -> Void
    ) {
        logLevel = level
        self.format = format
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var fields = [("ts", now()), ("level", event.level.word), ("msg", event.message.description)]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        fields += all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        if let error = event.error { fields.append(("error", "\(error)")) }
        write(format == .json ? Self.json(fields) : Self.logfmt(fields))
    }

    static func logfmt(_ fields: [(String, String)]) -> String {
        fields.map { key, value in
            let isPlain =
                !value.isEmpty
                && value.unicodeScalars.allSatisfy {
                    $0 > " " && $0 != "\"" && $0 != "=" && !("\u{7F}"..<"\u{A0}").contains($0)
                }
            return "\(key)=\(isPlain ? value : quote(value))"
        }.joined(separator: " ") + "\n"
    }

    static func json(_ fields: [(String, String)]) -> String {
        "{" + fields.map { "\(quote($0)):\(quote($1))" }.joined(separator: ",") + "}\n"
    }

    /// A JSON string, which logfmt uses for quoting, too. Text from outside stays on one line.
    private static func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension Logger.Level {
    /// The level as Prometheus names it.
    fileprivate var word: String {
        switch self {
        case .warning: "warn"
        case .critical: "error"
        default: rawValue
        }
    }
}
