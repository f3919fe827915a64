package import Backups
import FoundationEssentials

/// What the API says about the token itself.
package struct TokenFacts: Equatable, Sendable {
    /// Nil for a token that does not expire.
    package var expiresAt: Timestamp?
    /// The permissions of the token's role, in the API's own words and order.
    package var permissions: [String]

    package init(expiresAt: Timestamp? = nil, permissions: [String] = []) {
        self.expiresAt = expiresAt
        self.permissions = permissions
    }

    /// Nil if the body says nothing about a token. A value of another form than documented counts as absent.
    init?(body: [UInt8]) {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)) else { return nil }
        self = answer.facts
    }

    /// The same with its texts changed, such as to redact them.
    func mapTexts(_ change: (String) -> String) -> TokenFacts {
        TokenFacts(expiresAt: expiresAt, permissions: permissions.map(change))
    }
}

extension TokenFacts {
    /// The body of a response. Whether the facts are in `data`, as those of other routes, is not documented.
    private struct Answer: Decodable {
        private enum Key: String, CodingKey { case data, expiresAt, permissions }
        private enum Scope: String, CodingKey, CaseIterable { case orgScope, teamScope, projectScope }

        let facts: TokenFacts

        init(from decoder: any Decoder) throws {
            let outer = try decoder.container(keyedBy: Key.self)
            let body = (try? outer.nestedContainer(keyedBy: Key.self, forKey: .data)) ?? outer
            guard body.contains(.permissions) || body.contains(.expiresAt) else {
                throw DecodingError.keyNotFound(
                    Key.permissions, .init(codingPath: body.codingPath, debugDescription: "no facts about a token"))
            }
            let scopes = try? body.nestedContainer(keyedBy: Scope.self, forKey: .permissions)
            facts = TokenFacts(
                expiresAt: (try? body.decode(String.self, forKey: .expiresAt)).flatMap { Timestamp(rfc3339: $0) },
                permissions: Scope.allCases.flatMap { scope in
                    ((try? scopes?.decode([Text].self, forKey: scope)) ?? []).compactMap(\.text)
                })
        }
    }

    /// An element of a list; nil for one that is not a text.
    private struct Text: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }
}
