import ArgumentParser
import Settings

extension ExitCode {
    /// The configuration is wrong.
    static let badConfiguration = ExitCode(2)
}

/// Prints the problems of a configuration and ends with code 2.
func exiting<Value>(onBadConfiguration body: () throws(ConfigurationError) -> Value) throws -> Value {
    do throws(ConfigurationError) {
        return try body()
    } catch {
        StandardError.write("\(error)\n")
        throw ExitCode.badConfiguration
    }
}
