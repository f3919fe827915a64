import Reports

extension Tone {
    /// The class of elements with its colour.
    var cssClass: HTML {
        switch self {
        case .bad: "b"
        case .odd: "o"
        case .unknown: "u"
        case .quiet: "q"
        case .good: "g"
        }
    }
}

extension HTML {
    /// The icon of a state or an outcome.
    static func icon(_ name: String) -> HTML {
        "<svg class=i aria-hidden=true><use href=\"#\(Self.icons[name] == nil ? "unknown" : name)\"/></svg>"
    }

    /// A state as an icon and its word.
    static func pill(_ state: String, word: String? = nil) -> HTML {
        "<b class=\"p \(Tone(state).cssClass)\">\(icon(state))\(word ?? state)</b>"
    }

    /// The icons that pages use, in a frame of 16 by 16.
    private static let icons: [String: String] = [
        "never": "<circle cx=8 cy=8 r=5.5 /><path d=\"M4.2 11.8l7.6-7.6\"/>",
        "gone": "<path d=\"M3 4.5h10M6.2 4.5v-2h3.6v2M4.3 4.5l.6 9h6.2l.6-9\"/>",
        "failing": "<path d=\"M4 4l8 8M12 4l-8 8\"/>",
        "stuck": "<path d=\"M4 2.5h8M4 13.5h8M5 2.5c0 5.5 6 5.5 6 11M11 2.5c0 5.5-6 5.5-6 11\"/>",
        "late": "<circle cx=8 cy=8 r=5.5 /><path d=\"M8 5v3.2l2.2 1.4\"/>",
        "suspect": "<path d=\"M8 2.5l5.7 10.5H2.3zM8 6.6v3M8 11.2v.2\"/>",
        "unprotected": "<path d=\"M8 2l5 1.8v4c0 3-2 5-5 6.2c-3-1.2-5-3.2-5-6.2v-4zM3.5 13l9-9.5\"/>",
        "unknown": "<path d=\"M5.6 6a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.8-1.1 1.7M8 12.4v.2\"/>",
        "waived": "<path d=\"M3.5 8h9\"/>",
        "paused": "<path d=\"M5.5 3.5v9M10.5 3.5v9\"/>",
        "ok": "<path d=\"M3 8.5l3.3 3.3L13 4.8\"/>",
    ]

    /// All icons, for a page to refer to.
    static let iconSheet =
        HTML(
            markup: "<svg class=vh aria-hidden=true>"
                + icons.sorted { $0.key < $1.key }.map {
                    "<symbol id=\($0.key) viewBox=\"0 0 16 16\">\($0.value)</symbol>"
                }
                .joined()) + Strip.sheet + "</svg>"
}
