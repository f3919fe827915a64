extension APIView {
    /// An answer with a single object.
    func object(_ write: (inout [UInt8]) -> Void) -> SimulatedAnswer {
        var body: [UInt8] = []
        if case .wrongTypes = fault {
            body.append(text: "{\"data\":null}")
        } else {
            body.append(text: "{\"data\":")
            write(&body)
            body.append(text: "}")
        }
        return .json(body)
    }

    /// What a token may do that has the permissions that the exporter needs, and does not expire.
    func token() -> SimulatedAnswer {
        let facts: JSONValue = [
            "tokenKind": "api", "name": "simulator", "expiresAt": .null,
            "permissions": [
                "orgScope": .array([]), "teamScope": .array([]),
                "projectScope": ["Project > Addons > General > Read", "Project > Projects > Manage > Read"],
            ],
            "projectRestrictions": ["enabled": false, "projects": .array([]), "restrictionMode": "in"],
        ]
        return object { facts.write(to: &$0) }
    }

    /// A page of a list, from all of its elements.
    func list<Element>(
        _ endpoint: Endpoint, _ page: PageRequest, of elements: [Element],
        element: (inout [UInt8], Element) -> Void
    ) -> SimulatedAnswer {
        list(
            endpoint, page, total: elements.count,
            elements: elements[page.range.clamped(to: elements.indices)], element: element)
    }

    /// A page of a list of `total` elements, from the elements of the page.
    func list<Element>(
        _ endpoint: Endpoint, _ page: PageRequest, total: Int, elements: some Collection<Element>,
        element: (inout [UInt8], Element) -> Void
    ) -> SimulatedAnswer {
        var pagination = Pagination(page: page, count: elements.count, total: total)
        switch fault {
        case .repeatingCursor:
            pagination.hasNextPage = true
            pagination.cursor = Cursor(offset: 0)
        case .endlessPages:
            pagination.hasNextPage = true
            pagination.cursor = Cursor(offset: 0, endless: page.endless + 1)
        case .wrongTypes(let variant) where variant != .pagination:
            return .json(wrongBody(endpoint, variant))
        default:
            break
        }
        var body: [UInt8] = []
        body.reserveCapacity(128 + elements.count * 384)
        body.append(text: "{\"data\":{\"\(endpoint.listKey)\":")
        body.appendList(elements, element: element)
        body.append(text: "},\"pagination\":")
        if case .wrongTypes = fault {
            body.append(text: "\"none\"")
        } else {
            pagination.write(to: &body)
        }
        body.append(UInt8(ascii: "}"))
        return .json(body)
    }

    /// Valid JSON with wrong types, which a client must refuse.
    private func wrongBody(_ endpoint: Endpoint, _ variant: Fault.WrongTypes) -> [UInt8] {
        let element: JSONValue = [
            "id": 17, "name": false, "uid": 18, "status": ["completed"],
            "createdAt": 1_611_141_593, "completedAt": true, "config": "none", "spec": "none",
        ]
        let data: JSONValue =
            switch variant {
            case .data: .null
            case .list: .object([.init(endpoint.listKey, .object([]))])
            case .fields, .pagination: .object([.init(endpoint.listKey, .array([element]))])
            }
        let body: JSONValue = [
            "data": data, "pagination": ["hasNextPage": false, "count": 1],
        ]
        return body.bytes
    }
}
