/// The colours of `status`, which say nothing that the words do not say.
struct StatusPaint: Equatable {
    let isOn: Bool

    private enum Colour: Int {
        case red = 31
        case green = 32
        case yellow = 33
        case magenta = 35
        case grey = 90

        init(_ tone: Tone) {
            self =
                switch tone {
                case .bad: .red
                case .odd: .yellow
                case .unknown: .magenta
                case .quiet: .grey
                case .good: .green
                }
        }
    }

    func state(_ state: String) -> String { painted(state, Colour(Tone(state))) }

    /// What a line about a trouble begins with.
    func mark(_ mark: String) -> String { painted(mark, .red) }

    /// Paints a line of the verdict.
    func verdict(_ report: HealthReport) -> (String) -> String {
        let colour = Colour(FleetVerdict(report).tone)
        return { painted($0, colour) }
    }

    private func painted(_ text: String, _ colour: Colour) -> String {
        isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
