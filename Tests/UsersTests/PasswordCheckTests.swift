import Synchronization
import Testing

@testable import Users

@Suite struct PasswordCheckTests {
    /// Compares passwords with hashes that are the passwords themselves, and keeps what it was asked.
    private final class Hashes: Sendable {
        private let calls = Mutex<[String]>([])
        var all: [String] { calls.withLock { $0 } }

        func matches(_ password: String, _ hash: String) -> Bool {
            calls.withLock { $0.append("\(password) \(hash)") }
            return password == hash
        }
    }

    private let hashes = Hashes()
    private let check: PasswordCheck

    init() {
        check = PasswordCheck(users: ["alice": "a", "bob": "b"]) { [hashes] in hashes.matches($0, $1) }
    }

    @Test("users with their own password alone; each is computed once")
    func passwords() async {
        for _ in 0..<2 {
            #expect(await check.allows(user: "alice", password: "a"))
            #expect(await !check.allows(user: "alice", password: "b"))
            #expect(await check.allows(user: "bob", password: "b"))
            #expect(await !check.allows(user: "Alice", password: "a"))
        }
        #expect(hashes.all.prefix(3) == ["a a", "b a", "b b"])
        #expect(hashes.all.count == 4)
    }

    @Test("a name without a user takes a computation, always of the same hash, and never fits")
    func unknown() async {
        // One of the two is the hash that the name is compared with.
        #expect(await !check.allows(user: "eve", password: "a"))
        #expect(await !check.allows(user: "eve", password: "b"))
        #expect(await !check.allows(user: "eve", password: "c"))
        #expect(hashes.all.count == 3)
        #expect(Set(hashes.all.map { $0.split(separator: " ")[1] }).count == 1)
        #expect(await !check.allows(user: "eve", password: "c"))
        #expect(hashes.all.count == 3)
    }

    @Test("names without a user are compared with the hashes of all users")
    func decoys() async {
        for number in 0..<40 { _ = await check.allows(user: "eve\(number)", password: "x") }
        #expect(Set(hashes.all) == ["x a", "x b"])
    }

    @Test("a name and a password are not the same as another cut of both")
    func cut() async {
        let check = PasswordCheck(users: ["ab": "c"]) { [hashes] in hashes.matches($0, $1) }
        #expect(await check.allows(user: "ab", password: "c"))
        #expect(await !check.allows(user: "a", password: "bc"))
        #expect(hashes.all == ["c c", "bc c"])
    }

    @Test("passwords that cannot be any are denied without a computation, whoever the user is")
    func impossible() async {
        for user in ["alice", "eve"] {
            #expect(await !check.allows(user: user, password: "a\0"))
            #expect(await !check.allows(user: user, password: String(repeating: "x", count: 513)))
        }
        #expect(hashes.all.isEmpty)
        _ = await check.allows(user: "alice", password: String(repeating: "x", count: 512))
        #expect(hashes.all.count == 1)
    }

    @Test("without users nothing is allowed")
    func noUsers() async {
        #expect(await !PasswordCheck(users: [:]).allows(user: "", password: ""))
    }

    @Test("many at once are computed two at a time, and each once")
    func many() async {
        let state = Mutex((running: 0, most: 0, count: 0))
        let check = PasswordCheck(users: ["alice": "a"]) { password, hash in
            state.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
                $0.count += 1
            }
            // Gives the other worker time to come in.
            for _ in 0..<1000 { _ = Set(0..<10) }
            state.withLock { $0.running -= 1 }
            return password == hash
        }
        let allowed = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<60 {
                group.addTask { await check.allows(user: "alice", password: number % 2 == 0 ? "a" : "b\(number)") }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(allowed == 30)
        #expect(state.withLock { $0.count } == 31)
        #expect(state.withLock { $0.most } <= 2)
    }

    @Test("the system's bcrypt, at the lowest cost")
    func bcrypt() async {
        let check = PasswordCheck(users: ["u": "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"])
        #expect(await check.allows(user: "u", password: "U*U"))
        #expect(await !check.allows(user: "u", password: "U*V"))
    }
}
