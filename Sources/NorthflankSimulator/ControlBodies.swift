/// The bodies of control requests.
enum ControlBody {
    struct Token: Decodable {
        let token: String
    }

    struct RateLimit: Decodable {
        let limit: Int?
        let windowSeconds: Double?
    }

    /// Personalities by `project/addon`.
    struct Personalities: Decodable {
        let values: [String: Personality]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            values = try container.decode([String: String].self).reduce(into: [:]) { values, entry in
                guard let personality = Personality(rawValue: entry.value) else {
                    throw DecodingError.dataCorruptedError(
                        in: container,
                        debugDescription: "unknown personality \(entry.value) of \(entry.key)")
                }
                values[entry.key] = personality
            }
        }
    }

    struct Backup: Decodable {
        private enum Key: String, CodingKey {
            case project, addon, status, type, durationSeconds, size
        }

        let project: String
        let addon: String
        let backup: ManualBackup

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            project = try values.decode(String.self, forKey: .project)
            addon = try values.decode(String.self, forKey: .addon)
            var backup = ManualBackup()
            backup.status = try Self.word(values, .status) ?? backup.status
            backup.kind = try Self.word(values, .type) ?? backup.kind
            backup.seconds =
                try values.decodeIfPresent(Double.self, forKey: .durationSeconds) ?? backup.seconds
            backup.size = try values.decodeIfPresent(Int64.self, forKey: .size)
            self.backup = backup
        }

        private static func word<Word: RawRepresentable<String>>(
            _ values: KeyedDecodingContainer<Key>, _ key: Key
        ) throws -> Word? {
            guard let text = try values.decodeIfPresent(String.self, forKey: key) else { return nil }
            guard let word = Word(rawValue: text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: values, debugDescription: "unknown \(key.rawValue) \(text)")
            }
            return word
        }
    }

    struct Deletion: Decodable {
        let project: String
        let addon: String
        let id: String
    }

    /// A URL of null switches the webhook off. A missing URL is a mistake.
    struct Hook: Decodable {
        private enum Key: String, CodingKey {
            case url, token
        }

        let webhook: Webhook?

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            guard try !values.decodeNil(forKey: .url) else {
                webhook = nil
                return
            }
            webhook = try Webhook(
                url: values.decode(String.self, forKey: .url),
                token: values.decodeIfPresent(String.self, forKey: .token) ?? "")
        }
    }

    /// A ``Fault`` of kind `canned`, whose JSON can omit the kind.
    struct Canned: Decodable {
        let fault: Fault

        init(from decoder: any Decoder) throws {
            fault = try Fault(from: decoder, kind: "canned")
        }
    }
}
