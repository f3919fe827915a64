import CSupport
import CurlClient

/// The versions of the running program.
package enum BuildInfo {
    package static let version = "0.1.0"

    /// The commit that the binary was built from; `unknown` if the build did not know it.
    package static let revision = unsafe String(cString: nbe_revision())

    /// The version of the compiler.
    package static let swiftVersion: String = {
        #if compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }()

    /// The version of the library that is loaded, not of the library at build time.
    package static let libcurlVersion = CurlClient.libcurlVersion

    package static let userAgent = "northflank-backup-exporter/\(version)"
}
