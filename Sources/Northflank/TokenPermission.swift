/// A permission of a role, such as `Project > Addons > General > Read`.
///
/// How the API spells permissions is not documented, so that only words count, whatever separates them:
/// `project:addons:general:read` and `addonsGeneralRead` name the same permission.
package struct TokenPermission: Equatable, Sendable {
    package static let readAddons = TokenPermission("Project > Addons > General > Read")
    package static let listProjects = TokenPermission("Project > Projects > Manage > Read")

    private static let reading: Set<String> = ["read", "view", "list"]
    private static let writing: Set<String> = ["write", "create", "update", "edit", "delete", "manage", "admin"]

    /// As it was spelled.
    package let text: String
    /// In lower case, without the scope `project`, which a list of such permissions need not repeat.
    private let words: [String]

    package init(_ text: String) {
        self.text = text
        let words = Self.words(text)
        self.words = words.first == "project" ? Array(words.dropFirst()) : words
    }

    /// Whether both name the same permission.
    package static func == (one: TokenPermission, other: TokenPermission) -> Bool { one.words == other.words }

    /// Whether it allows to change something.
    package var isWriting: Bool { isForAll || words.last.map(Self.writing.contains) ?? false }

    /// Whether it stands for more permissions than it names.
    private var isForAll: Bool { text.last == "*" }

    /// Whether it is spelled as the permissions that are known: area, group and action.
    private var isUnderstood: Bool {
        guard let action = words.last, words.count >= 3 else { return false }
        return Self.reading.contains(action) || Self.writing.contains(action)
    }

    /// The needed permissions that are not among these; none if it cannot be told.
    package static func missing(_ needed: [TokenPermission], of all: [TokenPermission]) -> [TokenPermission] {
        guard all.contains(where: \.isUnderstood), !all.contains(where: \.isForAll) else { return [] }
        return needed.filter { !all.contains($0) }
    }

    /// The words of a text, in lower case, divided at anything but letters and digits, and before a capital letter that
    /// follows a small one.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var previous: Character = " "
        for character in text {
            let isPart = character.isLetter || character.isNumber
            let begins = !(previous.isLetter || previous.isNumber) || (previous.isLowercase && character.isUppercase)
            if isPart, begins { words.append("") }
            if isPart { words[words.count - 1] += character.lowercased() }
            previous = character
        }
        return words
    }
}
