extension Fault.Kind {
    /// The complete answer, for a fault that does not depend on the fleet.
    var answer: SimulatedAnswer? {
        switch self {
        case .status(let status, let retryAfter, let body):
            var answer: SimulatedAnswer =
                switch body {
                case .json: .error(status, id: "simulated-fault", "Simulated fault")
                case .html: .html("Simulated fault \(status)", status: status)
                case .empty: SimulatedAnswer(status: status, headers: [], body: [])
                }
            if let retryAfter { answer.headers.append(("retry-after", retryAfter)) }
            return answer
        case .noAnswer:
            return SimulatedAnswer(status: 200, headers: [], body: [], delivery: .never)
        case .malformedJSON:
            return .json(Array("{]".utf8))
        case .htmlPage:
            return .html("Welcome", status: 200)
        case .redirect(let location, let status):
            return SimulatedAnswer(status: status, headers: [("location", location)], body: [])
        case .canned(let body, let status, let contentType):
            return SimulatedAnswer(
                status: status, headers: [("content-type", contentType)], body: body)
        default:
            return nil
        }
    }

    /// Spoils a correct answer.
    func spoil(_ answer: inout SimulatedAnswer) {
        switch self {
        case .cutBody:
            answer.delivery = .cut
        case .truncatedJSON:
            answer.body = Array(answer.body.prefix(answer.body.count / 2))
        case .oversizedBody(let bytes):
            // After the first brace, so that no client can stop before the padding.
            let missing = bytes - answer.body.count
            guard missing > 0, !answer.body.isEmpty else { return }
            answer.body.insert(
                contentsOf: repeatElement(UInt8(ascii: " "), count: missing), at: 1)
        default:
            break
        }
    }
}
