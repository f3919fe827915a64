import Glibc

/// The form of dates in HTTP headers (RFC 9110, 5.6.7).
enum HTTPDate {
    /// - Parameter seconds: since the Unix epoch.
    static func text(_ seconds: Int) -> String {
        var seconds = seconds
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        // The process never leaves the locale C, whose names are the English ones.
        return unsafe String(unsafeUninitializedCapacity: 32) { buffer in
            unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
                unsafe strftime(buffer.baseAddress, buffer.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            }
        }
    }

    static var now: String { text(time(nil)) }
}
