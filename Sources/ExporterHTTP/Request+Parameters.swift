import HTTPTypes
import Hummingbird

extension Request {
    /// The parameters of the query in their order, as browsers send forms: a plus stands for a space.
    var parameters: [(name: String, value: String)] {
        (uri.query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { String($0.replacing("+", with: " ")).percentDecoded }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }
}

extension String {
    /// With the bytes that are written as `%` and two digits; as it is where that is not valid.
    var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, let code = UInt8(String(Substring(digits)), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
