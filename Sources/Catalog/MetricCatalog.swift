/// All metrics as one flat table, where the domain and the exposition meet. The pages and the documentation are made
/// from it.
package enum MetricCatalog {
    /// In the order of the page.
    package static let all: [Metric] = protectionMetrics + addonMetrics + apiMetrics + exporterMetrics + processMetrics

    /// The metrics that an addon keeps rendered, in the order of the page: each is a section of its samples.
    static let addon = all.filter { $0.source.kind != .status }

    /// The place among them of the one that moves at each observation.
    static let observation = {
        let places = addon.indices.filter { if case .instant = addon[$0].source { true } else { false } }
        precondition(places.count == 1, "an addon has one instant that moves alone")
        return places[0]
    }()
}
