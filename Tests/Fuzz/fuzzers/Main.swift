import CLibFuzzer
import Dispatch
import Glibc
import Synchronization

/// Runs one of the fuzzers: `fuzzers NAME [options and folders of libFuzzer]`. `fuzzers samples --page FORMAT FILE` prints
/// the page that an input gives.
@main
struct Main {
    static let fuzzers: [String: any Fuzzer] = [
        "requests": RequestFuzzer(), "headers": HeaderFuzzer(), "webhooks": WebhookFuzzer(), "lists": ListFuzzer(),
        "samples": SampleFuzzer(),
    ]

    nonisolated(unsafe) private static var chosen: any Fuzzer = HeaderFuzzer()

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1, let fuzzer = fuzzers[arguments[1]] else {
            print("usage: fuzzers \(fuzzers.keys.sorted().joined(separator: "|")) [options]")
            exit(64)
        }
        if arguments.count == 5, arguments[2] == "--page", let samples = fuzzer as? SampleFuzzer {
            return try samples.printPage(arguments[3], of: arguments[4])
        }
        chosen = fuzzer
        var passed: [UnsafeMutablePointer<CChar>?] =
            [strdup(arguments[0])] + arguments.dropFirst(2).map { strdup($0) } + [nil]
        var count = Int32(passed.count - 1)
        passed.withUnsafeMutableBufferPointer { passed in
            var start = passed.baseAddress
            exit(
                LLVMFuzzerRunDriver(&count, &start) { bytes, size in
                    Main.chosen.run(Array(UnsafeBufferPointer(start: bytes, count: size)))
                    return 0
                })
        }
    }
}

/// Takes in bytes as a part of the exporter does, and traps if the result is wrong.
protocol Fuzzer: Sendable {
    func run(_ bytes: [UInt8])
}

/// The parts of an input, between zero bytes.
func parts(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
}

/// The result of an asynchronous call, which this thread waits for.
func waiting<Value: Sendable>(_ call: @escaping @Sendable () async -> Value) -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Value?>(nil)
    Task {
        let value = await call()
        result.withLock { $0 = value }
        done.signal()
    }
    done.wait()
    return result.withLock { $0! }
}
