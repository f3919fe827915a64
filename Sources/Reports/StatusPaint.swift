import Backups

/// The colours of `status`, which say nothing that the words do not say.
struct StatusPaint: Equatable {
    let isOn: Bool

    private enum Colour: Int {
        case red = 31
        case green = 32
        case yellow = 33
        case magenta = 35
        case grey = 90
    }

    func state(_ state: String) -> String {
        switch HealthState(rawValue: state) {
        case .never, .gone, .failing, .stuck, .late: painted(state, .red)
        case .suspect, .unprotected: painted(state, .yellow)
        case .unknown, nil: painted(state, .magenta)
        case .waived, .paused: painted(state, .grey)
        case .ok: painted(state, .green)
        }
    }

    /// What a line about a trouble begins with.
    func mark(_ mark: String) -> String { painted(mark, .red) }

    /// Paints a line of the verdict.
    func verdict(_ report: HealthReport) -> (String) -> String {
        let verdict = FleetVerdict(report)
        let colour: Colour = verdict.bad > 0 ? .red : verdict.unknown > 0 || report.addons.isEmpty ? .magenta : .green
        return { painted($0, colour) }
    }

    private func painted(_ text: String, _ colour: Colour) -> String {
        isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
