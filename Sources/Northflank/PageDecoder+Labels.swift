/// Texts that become values of labels. An odd value is left out, and never makes a list unreadable.
extension PageDecoder.Cell {
    /// More tags, or longer ones, are not what people give to an addon, and each would be a time series.
    private static let mostLabels = 50
    private static let longestLabel = 100

    /// The strings of a list that count: in alphabetical order, without repetitions and odd values.
    var labels: [String] {
        Array(Set(texts.filter { $0.isLabel(upTo: Self.longestLabel) }).sorted().prefix(Self.mostLabels))
    }

    /// A text of at most so many bytes; nil for any other value.
    func shortText(upTo longest: Int) -> String? {
        guard let text = try? text(), text.isLabel(upTo: longest) else { return nil }
        return text
    }
}

extension String {
    /// Whether the text is neither empty nor long, and has no control characters.
    fileprivate func isLabel(upTo longest: Int) -> Bool {
        (1...longest).contains(utf8.count) && utf8.allSatisfy { $0 >= 0x20 }
    }
}
