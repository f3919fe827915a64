import Reports

/// Markup. What is put into it by interpolation is escaped, unless it is markup itself, so no name from outside can break
/// out of an element or of an attribute in double quotes.
package struct HTML: ExpressibleByStringInterpolation, Equatable, Sendable {
    package private(set) var bytes: [UInt8]

    package init() { bytes = [] }

    package init(stringLiteral markup: String) { bytes = Array(markup.utf8) }

    package init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    /// - Parameter markup: written by the developers; what comes from outside is escaped.
    init(markup: String) { bytes = Array(markup.utf8) }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) { bytes.append(contentsOf: literal.utf8) }

        /// Appends text as HTML shows it, in an element or between the double quotes of an attribute.
        package mutating func appendInterpolation(_ text: String) { HTMLText.append(text, to: &bytes) }

        package mutating func appendInterpolation(_ number: Int) { appendLiteral("\(number)") }

        package mutating func appendInterpolation(_ markup: HTML) { bytes.append(contentsOf: markup.bytes) }

        /// Appends nothing for nil.
        package mutating func appendInterpolation(_ markup: HTML?) { bytes.append(contentsOf: markup?.bytes ?? []) }
    }

    package var isEmpty: Bool { bytes.isEmpty }

    package static func += (html: inout HTML, more: HTML) { html.bytes.append(contentsOf: more.bytes) }

    package static func + (html: HTML, more: HTML) -> HTML {
        var sum = html
        sum += more
        return sum
    }
}

extension Sequence<HTML> {
    package func joined(separator: HTML = "") -> HTML {
        var all = HTML()
        for (index, part) in enumerated() {
            if index > 0 { all += separator }
            all += part
        }
        return all
    }
}
