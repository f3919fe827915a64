import Reports

/// The age of a backup next to its limit: two thirds of the width are the limit, and all of it one and a half.
enum AgeBar {
    /// - Parameter isWide: as wide as there is room, else as in a row of a list.
    static func html(age: Duration, limit: Duration, isWide: Bool = false) -> HTML {
        let share = limit > .zero ? Double(age.components.seconds) / Double(limit.components.seconds) : 2
        let width = Int((min(1.5, max(0, share)) * 66).rounded())
        let frame: HTML? = isWide ? " viewBox=\"0 0 99 4\" preserveAspectRatio=none" : nil
        return "<svg class=\(share > 1 ? "\"a v\"" as HTML : "a")\(frame)><path d=\"M0 2h\(width)\"/></svg>"
    }
}

/// A line of values with the band of the usual ones; attempts without a value are crosses.
struct Spark {
    private static let (width, height) = (260.0, 52.0)

    private let values: [Double?]
    private let band: ClosedRange<Double>?

    /// - Parameter values: the oldest first; nil for a failed attempt.
    init(_ values: [Double?], band: ClosedRange<Double>?) { (self.values, self.band) = (values, band) }

    func html(caption: HTML, label: String) -> HTML? {
        let known = values.compactMap(\.self)
        let all = known + (band.map { [$0.lowerBound, $0.upperBound] } ?? [])
        guard !known.isEmpty, let low = all.min(), let high = all.max() else { return nil }
        let range = max(high - low, abs(high) * 0.01, 1e-9)
        func y(_ value: Double) -> Double { Self.height - 6 - (value - low) / range * (Self.height - 12) }
        func x(_ index: Int) -> Double {
            values.count < 2 ? Self.width / 2 : 5 + Double(index) / Double(values.count - 1) * (Self.width - 10)
        }
        var line = ""
        var crosses = ""
        var last: (x: Double, y: Double)?
        for (index, value) in values.enumerated() {
            if let value {
                line += "\(line.isEmpty ? "M" : "L")\(Self.text(x(index))) \(Self.text(y(value)))"
                last = (x(index), y(value))
            } else {
                crosses += "M\(Self.text(x(index) - 3)) \(Self.text(Self.height - 8))l6 6m0-6l-6 6"
            }
        }
        let failed = values.count - known.count
        let area: HTML? = band.map { band in
            """
            <rect class=d y="\(Self.text(y(band.upperBound) - 1))" width=260 \
            height="\(Self.text(y(band.lowerBound) - y(band.upperBound) + 2))"/>
            """
        }
        return """
            <figure><figcaption>\(caption)</figcaption><svg class=sp viewBox="0 0 260 52" preserveAspectRatio=xMinYMid role=img \
            aria-label="\(label): \(CountText.text(known.count)) completed, \(CountText.text(failed)) failed">\
            \(area)<path d="\(line)"/>\(last.map { "<circle cx=\"\(Self.text($0.x))\" cy=\"\(Self.text($0.y))\" r=3 />" as HTML })\
            \(crosses.isEmpty ? nil : "<path class=f d=\"\(crosses)\"/>" as HTML)</svg></figure>
            """
    }

    private static func text(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}
