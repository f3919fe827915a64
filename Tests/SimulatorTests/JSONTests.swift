import NorthflankSimulator
import Testing

/// The JSON of the API, byte for byte.
@Suite struct JSONTests {
    let simulator = Simulator(fleet: oddFleet, now: { noon })

    @Test func projects() async {
        let answer = await simulator.get("/v1/projects")
        #expect(answer.status == 200)
        #expect(answer.header("content-type") == "application/json; charset=utf-8")
        #expect(
            answer.text == """
                {"data":{"projects":[{"id":"shop","name":"Shop \\"A\\"","description":"d"}]},\
                "pagination":{"hasNextPage":false,"count":1}}
                """)
        #expect(
            await simulator.get("/v1/projects/shop").text == """
                {"data":{"id":"shop","name":"Shop \\"A\\"","description":"d"}}
                """)
    }

    @Test func addons() async {
        #expect(
            await simulator.get("/v1/projects/shop/addons").text == """
                {"data":{"addons":[{"id":"db","name":"DB","appId":"/shop/db","tags":[],\
                "spec":{"type":"postgresql"},"status":"running"},{"id":"cache","name":"cache",\
                "appId":"/shop/cache","tags":[],"spec":{"type":"redis"},"status":"paused"}]},\
                "pagination":{"hasNextPage":false,"count":2}}
                """)
        #expect(
            await simulator.get("/v1/projects/shop/addons/db").text == """
                {"data":{"id":"db","name":"DB","appId":"/shop/db","tags":[],\
                "createdAt":"2024-01-15T09:30:00.000Z","spec":{"type":"postgresql","config":\
                {"versionTag":"16.4","deployment":{"storageSize":10240}}},"status":"running"}}
                """)
    }

    @Test func backups() async {
        #expect(
            await simulator.get("/v1/projects/shop/addons/db/backups").text == """
                {"data":{"backups":[{"id":"c","name":"c","uid":"u-c","status":"in-progress",\
                "createdAt":"2025-06-15T15:00:00.000Z","completedAt":null,"config":{"source":\
                {"type":"sameAddon"}}},{"id":"b","name":"B","status":"melted",\
                "createdAt":"2025-06-14T15:00:00.000Z","completedAt":"","config":{"size":12},\
                "note":{"deep":[1,true,null]}},{"id":"a","name":"a","status":"completed",\
                "createdAt":"2025-06-13T15:00:00.000Z","completedAt":"2025-06-13T15:01:00.000Z",\
                "config":{"source":{"type":"sameAddon"},"size":"1234","addonVersion":"16.4",\
                "compressionType":"gz"}}]},"pagination":{"hasNextPage":false,"count":3}}
                """)
        #expect(
            await simulator.get("/v1/projects/shop/addons/cache/backups").text == """
                {"data":{"backups":[]},"pagination":{"hasNextPage":false,"count":0}}
                """)
    }

    @Test func schedulesAndRestores() async {
        #expect(
            await simulator.get("/v1/projects/shop/addons/db/backup-schedules").text == """
                {"data":{"schedules":[{"id":"s","backupType":"dump","scheduling":{"interval":"daily",\
                "minute":[5],"hour":[3],"day":[]},"retentionTime":30,\
                "createdAt":"2024-01-15T09:30:00.000Z","updatedAt":"2024-01-15T09:30:00.000Z"}]},\
                "pagination":{"hasNextPage":false,"count":1}}
                """)
        #expect(
            await simulator.get("/v1/projects/shop/addons/db/restores").text == """
                {"data":{"restores":[{"id":"r","status":"completed",\
                "restoreTimestamp":"2025-06-14T00:00:00.000Z","backupId":"a"}]},\
                "pagination":{"hasNextPage":false,"count":1}}
                """)
    }
}
