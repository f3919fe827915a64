/// Writes the API's lists as it would.
package enum ListJSON {
    /// The issue tracker's example response, byte for byte.
    package static let example = """
        {"data":{"backups":[{"id":"example-backup","name":"Example Backup","status":"completed",\
        "createdAt":"2021-01-20T11:19:53.175Z","completedAt":"2021-01-20T11:19:54.494Z",\
        "config":{"source":{"type":"snapshot"},"size":"1234","addonVersion":"4.4.8"}}]},\
        "pagination":{"hasNextPage":false,"count":1}}
        """

    /// One page of a list.
    ///
    /// - Parameters:
    ///   - name: `backups`, `addons` or `projects`.
    ///   - entries: JSON objects.
    package static func page(
        _ name: String, _ entries: [String], hasNextPage: Bool = false, cursor: String? = nil
    ) -> String {
        let cursor = cursor.map { ",\"cursor\":\(text($0))" } ?? ""
        return "{\"data\":{\"\(name)\":[\(entries.joined(separator: ","))]},"
            + "\"pagination\":{\"hasNextPage\":\(hasNextPage)\(cursor),\"count\":\(entries.count)}}"
    }

    package static func backups(_ entries: [String], hasNextPage: Bool = false, cursor: String? = nil) -> String {
        page("backups", entries, hasNextPage: hasNextPage, cursor: cursor)
    }

    /// One entry of a list of backups. What is nil is left out.
    ///
    /// - Parameter size: JSON, so that it can be of any type.
    package static func backup(
        _ id: String, uid: String? = nil, status: String = "completed", createdAt: String = "2026-01-01T00:00:00.000Z",
        completedAt: String? = nil, type: String? = "snapshot", size: String? = nil
    ) -> String {
        var fields = ["\"id\":\(text(id))", "\"name\":\(text(id))"]
        if let uid { fields.append("\"uid\":\(text(uid))") }
        fields += ["\"status\":\(text(status))", "\"createdAt\":\(text(createdAt))"]
        if let completedAt { fields.append("\"completedAt\":\(text(completedAt))") }
        let source = type.map { "\"source\":{\"type\":\(text($0))}" }
        let config = [source, size.map { "\"size\":\($0)" }].compactMap { $0 }
        fields.append("\"config\":{\(config.joined(separator: ","))}")
        return "{\(fields.joined(separator: ","))}"
    }

    /// One entry of a list of addons. What is nil is left out.
    package static func addon(_ id: String, name: String? = nil, type: String? = nil, status: String? = nil) -> String {
        var fields = ["\"id\":\(text(id))"]
        if let name { fields.append("\"name\":\(text(name))") }
        if let type { fields.append("\"spec\":{\"type\":\(text(type))}") }
        if let status { fields.append("\"status\":\(text(status))") }
        return "{\(fields.joined(separator: ","))}"
    }

    /// One entry of the list of projects.
    package static func project(_ id: String, name: String? = nil) -> String {
        "{\"id\":\(text(id))" + (name.map { ",\"name\":\(text($0))" } ?? "") + "}"
    }

    private static func text(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
