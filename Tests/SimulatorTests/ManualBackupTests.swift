import NorthflankSimulator
import Testing

/// Backups that are made and deleted by hand.
@Suite struct ManualBackupTests {
    private let name = "billing/invoices-db"
    private let clock = HandClock()
    private let simulator: Simulator

    init() {
        simulator = Simulator(now: clock.now)
    }

    private func post(_ fields: String) async -> SimulatedAnswer {
        await simulator.control(
            "POST", "backups", #"{"project":"billing","addon":"invoices-db"\#(fields)}"#)
    }

    private func delete(_ id: String) async -> SimulatedAnswer {
        await simulator.control(
            "DELETE", "backups", #"{"project":"billing","addon":"invoices-db","id":"\#(id)"}"#)
    }

    private func backups() async throws -> [SimulatedBackup] {
        try await simulator.addon(name).backups
    }

    @Test func lifeOfABackupByHand() async throws {
        let before = try await backups()
        let answer = await post(#","status":"completed","type":"snapshot","durationSeconds":30,"size":123"#)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"id":"manual-1"}"#)
        var expected = SimulatedBackup(
            id: "manual-1", name: "Manual backup 1", uid: nil, status: "in-progress",
            createdAt: "2025-06-15T15:06:40.000Z", completedAt: .null, source: "snapshot",
            addonVersion: "8.4.2")
        #expect(try await backups() == [expected] + before)
        #expect(try await simulator.addon(name).status == "backup")
        clock.advance(by: 29.999)
        #expect(try await backups()[0] == expected)
        clock.advance(by: 0.001)
        expected.status = "completed"
        expected.completedAt = "2025-06-15T15:07:10.000Z"
        expected.size = "123"
        #expect(try await backups()[0] == expected)
        #expect(try await simulator.addon(name).status == "running")
        // The API lists the same backups as the truth, and a backup by hand does not expire.
        let page = try #require(
            await simulator.get("/v1/projects/billing/addons/invoices-db/backups").page)
        #expect(page.ids[0] == "manual-1")
        clock.advance(by: 1000 * 86_400)
        #expect(try await backups().last == expected)
    }

    @Test(arguments: [
        ("failed", "dump", "failed", "sameAddon"), ("aborted", "import", "aborted", "externalDump"),
        ("in-progress", "dump", "in-progress", "sameAddon"),
    ])
    func endings(status: String, type: String, end: String, source: String) async throws {
        let answer = await post(#","status":"\#(status)","type":"\#(type)","durationSeconds":1"#)
        #expect(answer.status == 200)
        #expect(try await backups()[0].status == "in-progress")
        #expect(try await backups()[0].source == source)
        clock.advance(by: 3600)
        #expect(try await backups()[0].status == end)
        #expect(try await backups()[0].size == nil)
    }

    @Test func shortForm() async throws {
        #expect(await post("").text == #"{"id":"manual-1"}"#)
        #expect(await post("").text == #"{"id":"manual-2"}"#)
        #expect(try await backups().prefix(2).map(\.id) == ["manual-2", "manual-1"])
        #expect(try await backups()[0].status == "completed")
        #expect(try await backups()[0].source == "sameAddon")
    }

    @Test func deletion() async throws {
        let before = try await backups()
        _ = await post(#","status":"in-progress""#)
        #expect(await delete("manual-1").status == 204)
        #expect(try await backups() == before)
        #expect(try await simulator.addon(name).status == "running")
        #expect(await delete(before[5].id).status == 204)
        #expect(try await backups().map(\.id) == before.map(\.id).filter { $0 != before[5].id })
        // A deleted backup stays deleted, cannot be deleted again, and its id is not reused.
        let again = await delete(before[5].id)
        #expect(again.status == 404)
        #expect(again.text.contains("unknown backup \(before[5].id)"))
        clock.advance(by: 86_400)
        #expect(try await backups().contains { $0.id == before[5].id } == false)
        #expect(await post("").text == #"{"id":"manual-2"}"#)
    }

    @Test func deletionByUid() async throws {
        let newest = try await simulator.addon("shop/orders-db").backups[0]
        let uid = try #require(newest.uid)
        try await simulator.deleteBackup(uid, project: "shop", addon: "orders-db")
        #expect(try await simulator.addon("shop/orders-db").backups.contains(newest) == false)
    }

    /// Changes by hand change a fixed number of backups too, and cached pages do not hide them.
    @Test func fixedNumber() async throws {
        let simulator = Simulator(
            options: SimulatorOptions(addons: 1, backupsPerAddon: 3), now: clock.now)
        let target = "/v1/projects/shop/addons/orders-db/backups"
        let ids = try #require(await simulator.get(target).page).ids
        _ = try await simulator.addBackup(ManualBackup(), project: "shop", addon: "orders-db")
        try await simulator.deleteBackup(ids[1], project: "shop", addon: "orders-db")
        #expect(await simulator.get(target).page?.ids == ["manual-1", ids[0], ids[2]])
    }

    @Test(arguments: [
        ("POST", #"{"project":"shop","addon":"none"}"#, 404, "unknown addon shop/none"),
        ("POST", #"{"project":"none","addon":"orders-db"}"#, 404, "unknown addon none/orders-db"),
        ("POST", #"{"addon":"orders-db"}"#, 400, "missing key project"),
        (
            "POST", #"{"project":"shop","addon":"orders-db","status":"melted"}"#, 400,
            "unknown status melted at status"
        ),
        (
            "POST", #"{"project":"shop","addon":"orders-db","type":"tape"}"#, 400,
            "unknown type tape at type"
        ),
        (
            "POST", #"{"project":"shop","addon":"orders-db","durationSeconds":-1}"#, 400,
            "durationSeconds is out of range"
        ),
        (
            "POST", #"{"project":"shop","addon":"orders-db","durationSeconds":1e300}"#, 400,
            "durationSeconds is out of range"
        ),
        (
            "POST", #"{"project":"shop","addon":"orders-db","size":-1}"#, 400, "size is out of range"
        ),
        ("DELETE", #"{"project":"shop","addon":"orders-db","id":"x"}"#, 404, "unknown backup x"),
        ("DELETE", #"{"project":"shop","addon":"none","id":"x"}"#, 404, "unknown addon shop/none"),
        ("DELETE", #"{"project":"shop","addon":"orders-db"}"#, 400, "missing key id"),
    ])
    func refused(method: String, body: String, status: Int, message: String) async throws {
        let before = await simulator.truth()
        let answer = await simulator.control(method, "backups", body)
        #expect(answer.status == status)
        #expect(answer.text.contains("\"message\":\"\(message)\""))
        #expect(await simulator.truth() == before)
    }

    @Test func fixedFleet() async {
        let fixed = Simulator(fleet: oddFleet, now: atNoon)
        let body = #"{"project":"shop","addon":"db","id":"a"}"#
        for method in ["POST", "DELETE"] {
            let answer = await fixed.control(method, "backups", body)
            #expect(answer.status == 400)
            #expect(answer.text.contains("a fleet written by hand does not change"))
        }
    }
}
