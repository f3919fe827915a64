import FoundationEssentials
import Glibc

/// What standard output is written to, and how the user wants it.
struct Terminal {
    private let environment = ProcessInfo.processInfo.environment
    private let isTerminal = isatty(STDOUT_FILENO) == 1

    /// The characters of a line: those that the user names, else those of the terminal; nil without either.
    var width: Int? {
        if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// By the conventions of https://no-color.org and https://bixense.com/clicolors.
    var hasColours: Bool {
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        if isSet("NO_COLOR") { return false }
        if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" { return true }
        return isTerminal && environment["TERM"] != "dumb"
    }
}
