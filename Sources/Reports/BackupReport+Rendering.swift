extension BackupReport {
    /// The report in the format that was asked for, in UTF-8.
    package var bytes: [UInt8] {
        switch request.format {
        case .table: Array(table.utf8)
        case .csv: Array(csv.utf8)
        case .json: json
        case .html: Array(html.utf8)
        }
    }
}

extension ReportRequest.Format {
    /// The media type.
    package var contentType: String {
        switch self {
        case .table: "text/plain; charset=utf-8"
        case .csv: "text/csv; charset=utf-8"
        case .json: "application/json"
        case .html: "text/html; charset=utf-8"
        }
    }
}
