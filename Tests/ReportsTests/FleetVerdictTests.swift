import Testing

@testable import Reports

/// The sentence that is the last line of `status` and the headline of the page.
struct FleetVerdictTests {
    private static func sentence(
        _ counts: KeyValuePairs<String, Int>, accounts: [HealthReport.Account] = [FleetSample.account("acme")],
        shard: String? = nil
    ) -> String {
        FleetSample.report(FleetSample.addons(counts), accounts: accounts, shard: shard).headline
    }

    @Test("what is bad comes first; what cannot be judged is said")
    func bad() {
        #expect(
            Self.sentence(["never": 1, "late": 11, "unknown": 41, "waived": 4, "paused": 6, "ok": 937])
                == "12 of 1,000 databases are not protected as decided; 41 cannot be judged.")
        #expect(Self.sentence(["failing": 1, "ok": 11]) == "1 of 12 databases is not protected as decided.")
        #expect(Self.sentence(["late": 1]) == "1 of 1 database is not protected as decided.")
        #expect(
            Self.sentence(["suspect": 5, "ok": 329], shard: "2 of 3")
                == "5 of 334 databases of shard 2 of 3 are not protected as decided.")
    }

    @Test("nobody is told that all is well unless every database was judged")
    func well() {
        #expect(
            Self.sentence(["waived": 4, "paused": 6, "ok": 990])
                == "All 990 databases are protected as decided; oldest check 2h 31m ago.")
        #expect(Self.sentence(["ok": 1]) == "1 database is protected as decided; oldest check 2h 31m ago.")
        #expect(
            Self.sentence(["unknown": 41, "ok": 959])
                == "41 of 1,000 databases cannot be judged; 959 are protected as decided.")
        #expect(Self.sentence(["unknown": 1]) == "1 of 1 database cannot be judged.")
        #expect(Self.sentence(["waived": 1, "paused": 2]) == "Every database is waived or paused: 1 waived, 2 paused.")
    }

    @Test("before every database was checked")
    func starting() {
        let unchecked = FleetSample.addons(["unknown": 788], lastObserved: nil)
        let checks = HealthReport.FirstChecks(observed: 212, of: 1000)
        let starting = FleetSample.account("acme", addons: 1000, firstChecks: checks)
        func headline(_ counts: KeyValuePairs<String, Int>) -> String {
            FleetSample.report(FleetSample.addons(counts) + unchecked, accounts: [starting]).headline
        }
        #expect(
            headline(["failing": 3, "ok": 209])
                == "3 of 212 checked databases are not protected as decided; 788 not checked yet.")
        #expect(
            headline(["ok": 212]) == "788 of 1,000 databases are not checked yet; 212 are protected as decided.")
        let unreachable = FleetSample.account("acme", addons: 788, isReachable: false, error: FleetSample.outage)
        #expect(
            FleetSample.report(unchecked, accounts: [unreachable]).headline
                == "788 of 788 databases cannot be judged.")
    }

    @Test("while no account can be read, every verdict is one of before")
    func outage() {
        func accounts(_ reachable: Bool...) -> [HealthReport.Account] {
            reachable.enumerated().map { FleetSample.account("a\($0)", isReachable: $1) }
        }
        let counts: KeyValuePairs = ["late": 11, "unknown": 945, "paused": 10]
        #expect(
            Self.sentence(counts, accounts: accounts(false, false))
                == "11 of 966 databases were not protected when last checked; 945 cannot be judged.")
        #expect(
            Self.sentence(counts, accounts: accounts(false, true))
                == "11 of 966 databases are not protected as decided; 945 cannot be judged.")
    }

    @Test("without any database, the reason is said")
    func empty() {
        func headline(_ accounts: HealthReport.Account...) -> String {
            FleetSample.report([], accounts: accounts).headline
        }
        let unread = FleetSample.account("acme", addons: 0, isReachable: false)
        let read = FleetSample.account("labs", addons: 0)
        let starting = FleetSample.account("eu", addons: 0, isReachable: nil)
        #expect(headline(unread) == "0 databases are known: the only account cannot be read.")
        #expect(headline(unread, unread) == "0 databases are known: none of the 2 accounts can be read.")
        #expect(headline(unread, read) == "0 databases are known: 1 of 2 accounts cannot be read.")
        #expect(
            headline(starting, read)
                == "0 databases are known: the lists of projects and addons are not read yet.")
        #expect(headline(read) == "0 databases are watched.")
    }

    @Test("with a filter, the sentence is about what matches")
    func filtered() {
        func headline(_ counts: KeyValuePairs<String, Int>) -> String {
            var report = FleetSample.report(FleetSample.addons(counts))
            report.filter = .init(text: "shop/*", of: 1000)
            return report.headline
        }
        #expect(headline(["failing": 3]) == "3 databases match; 3 are not protected as decided.")
        #expect(headline(["late": 1, "ok": 21]) == "22 databases match; 1 is not protected as decided.")
        #expect(
            headline(["late": 1, "unknown": 2])
                == "3 databases match; 1 is not protected as decided; 2 cannot be judged.")
        #expect(headline(["unknown": 2]) == "2 databases match; 2 cannot be judged.")
        #expect(headline(["ok": 20]) == "20 databases match; all are protected as decided.")
        #expect(headline(["ok": 1]) == "1 database matches; 1 is protected as decided.")
        #expect(headline(["ok": 1, "paused": 1]) == "2 databases match; 1 is protected as decided.")
        #expect(headline([:]) == "0 databases match.")
    }
}
