import COpenSSL
import HTTPTypes
import Pages

/// The headers with which pages are sent: nothing but their own style and script is allowed, and no other site may
/// frame them or learn their addresses.
enum PagePolicy {
    static let headers: HTTPFields = [
        .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff", .referrerPolicy: "no-referrer",
        .cacheControl: "no-store",
    ]

    private static let policy = [
        "default-src 'none'", "style-src \(source(PageStyle.fleet)) \(source(PageStyle.addon))",
        "script-src \(source(PageScript.javaScript))", "img-src data:", "connect-src 'self'", "form-action 'self'",
        "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// A text of an element by its hash.
    private static func source(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        let result = unsafe SHA256(bytes, bytes.count, &digest)
        precondition(unsafe result != nil, "out of memory")
        return "'sha256-\(base64(digest))'"
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return stride(from: 0, to: bytes.count, by: 3).map { start -> String in
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
            let text = (0..<4).map { digits[bits >> (18 - 6 * $0) & 63] }
            return String(text.prefix(part.count + 1)) + String(repeating: "=", count: 3 - part.count)
        }.joined()
    }
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
