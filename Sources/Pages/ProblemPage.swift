import Reports

/// A page that says why there is no other.
package struct ProblemPage {
    private let text: String
    private let frame: PageFrame

    /// - Parameter text: for people; the first line is the heading.
    package init(_ text: String, links: PageLinks, version: String) {
        self.text = text
        frame = PageFrame(
            links: links, version: version, now: nil, reloads: false, address: "",
            otherAddress: "")
    }

    package var bytes: [UInt8] {
        let lines = text.split(separator: "\n").map { String($0.drop { $0 == " " }) }
        return frame.page(
            title: "Not found", tone: .unknown, isFleet: false,
            main: """
                <section class=ans id=list><h1 class=u>\((lines.first ?? "").asSentence)</h1>
                \(lines.dropFirst().map { "<p>\($0.asSentence)</p>" as HTML }.joined())
                <p><a href="./">All databases</a></p></section>
                """
        ).bytes
    }
}
