import FoundationEssentials
import Glibc

/// The kernel's facts about this process, from `/proc`, with the meanings of Prometheus's client libraries.
package struct ProcessStatus: Equatable, Sendable {
    package var cpuSeconds: Double
    package var residentBytes: Int
    package var virtualBytes: Int
    /// Seconds since the Unix epoch.
    package var startTime: Double
    package var openFiles: Int?
    package var maxFiles: Int?

    /// The status now; nil where there is no `/proc`.
    package static func current() -> ProcessStatus? {
        guard
            let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            let boot = bootTime,
            var status = ProcessStatus(
                stat: stat, bootTime: boot, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)),
                pageSize: sysconf(Int32(_SC_PAGESIZE)))
        else { return nil }
        // One entry is the directory itself, which is open while it is read.
        status.openFiles = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { $0.count - 1 }
        var limit = rlimit()
        if unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            status.maxFiles = Int(clamping: limit.rlim_cur)
        }
        return status
    }

    /// - Parameter stat: the text of `/proc/self/stat`, see proc(5). The command in parentheses may hold
    ///   anything, so fields are counted from the last parenthesis.
    init?(stat: String, bootTime: Double, ticksPerSecond: Int, pageSize: Int) {
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: end)...].split(whereSeparator: \.isWhitespace)
        guard
            fields.count > 21, ticksPerSecond > 0,
            let user = Double(fields[11]), let system = Double(fields[12]), let start = Double(fields[19]),
            let virtual = Int(fields[20]), let pages = Int(fields[21])
        else { return nil }
        cpuSeconds = (user + system) / Double(ticksPerSecond)
        startTime = bootTime + start / Double(ticksPerSecond)
        virtualBytes = virtual
        residentBytes = pages * pageSize
    }

    /// Constant while the process runs, so it is read once.
    private static let bootTime: Double? = {
        let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8)
        let line = text?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst("btime ".count)) }
    }()
}
