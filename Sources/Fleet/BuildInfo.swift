import CSupport
import CurlClient

/// What is running.
package enum BuildInfo {
    package static let version = "0.1.0"

    /// The commit that it was built from, `unknown` if that is.
    package static let revision = unsafe String(cString: nbe_revision())

    /// The compiler's.
    package static let swiftVersion: String = {
        #if compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }()

    /// The one that is loaded, not the one that it was built with.
    package static let libcurlVersion = CurlClient.libcurlVersion

    package static let userAgent = "northflank-backup-exporter/\(version)"
}
