import Backups
import Testing

@testable import Pages
@testable import Reports

struct AddonPageTests {
    private static func time(_ text: String) -> UTCTime {
        UTCTime(Timestamp(rfc3339: text) ?? Timestamp(milliseconds: 0))
    }

    private static func attempt(
        _ id: String, _ status: String, _ created: String, took: Int64?, size: Int64? = nil
    ) -> Explanation.Attempt {
        let created = time(created)
        return .init(
            id: id, type: "dump", status: status, createdAt: created,
            endedAt: took.map { UTCTime(created.instant + .seconds($0)) }, sizeBytes: size, version: "8.0.39",
            isListed: true, isOutsideSlots: false)
    }

    /// A dump each day, of which the last one failed. Now is 2026-11-27, 03:12.
    private static func sample() -> Explanation {
        let attempts = [
            attempt("d3", "failed", "2026-11-26T19:50:12Z", took: 134),
            attempt("d2", "completed", "2026-11-25T19:50:09Z", took: 630, size: 6_700_000_000),
            attempt("d1", "completed", "2026-11-24T19:50:07Z", took: 600, size: 6_600_000_000),
        ]
        let slots = attempts.map { attempt in
            Explanation.Slot(
                due: time("\(attempt.createdAt.date)T19:50:00Z"), type: "dump",
                missedAt: time("\(attempt.createdAt.date)T20:20:00Z"),
                outcome: attempt.status == "failed" ? .failed : .completed, reason: nil, backup: attempt)
        }
        return Explanation(
            generatedAt: time("2026-11-27T03:12:00Z"), days: 30, account: "acme", project: "billing",
            addon: "invoices-db", addonName: "Invoices DB", type: "mysql", version: "8.0.39", isPaused: false,
            decided: .init(policy: "gold", source: "config.yml:31", owner: "payments", onGone: nil, waiver: nil),
            state: "failing", since: time("2026-11-26T19:52:26Z"), stateWithoutWaiver: nil,
            findings: [
                .init(
                    kind: "attempt-failed", state: "failing", since: time("2026-11-26T19:52:26Z"),
                    text: "the last dump failed", type: "dump")
            ],
            newest: [
                .init(
                    type: "dump", createdAt: time("2026-11-25T19:50:09Z"), endedAt: time("2026-11-25T20:00:39Z"),
                    sizeBytes: 6_700_000_000, limitSeconds: 88_200)
            ],
            restorableTo: time("2026-11-25T19:50:09Z"),
            limits: [
                .init(
                    name: "newest dump", unit: .seconds, type: "dump", value: 112_281, atLeast: nil, atMost: 88_200,
                    isPast: true, source: "schedule: 1d between slots, grace 30m"),
                .init(
                    name: "dump size", unit: .bytes, type: "dump", value: 6_700_000_000, atLeast: 5_900_000_000,
                    atMost: 7_400_000_000, isPast: false, source: "band of the last 20 dumps"),
                .init(
                    name: "restorable points", unit: .backups, type: nil, value: 34, atLeast: nil, atMost: nil,
                    isPast: false, source: "not set for this addon"),
            ],
            slots: slots, noSlots: nil, attempts: attempts, missedSlots: [],
            restores: [
                .init(
                    endedAt: time("2026-11-15T09:31:00Z"), hasCompleted: true, tookSeconds: 760,
                    backupCreatedAt: time("2026-11-14T19:50:00Z"), backupType: "dump")
            ],
            noRestores: nil,
            next: .init(
                due: [
                    .init(
                        type: "dump", slot: time("2026-11-27T19:50:00Z"), missedAt: time("2026-11-27T20:20:00Z"),
                        isPending: false)
                ], expiry: [.init(type: "dump", at: time("2026-12-25T19:50:00Z"))],
                checkBy: time("2026-11-27T05:52:00Z"), checkAfterSlot: nil, usesWebhooks: true),
            advice: [.init(text: "Read the logs of the failed dump at Northflank.", command: nil)],
            runbook: "https://docs.example.com/runbooks/NorthflankBackupNotCompleting.md",
            evidence: .init(
                checkedAt: time("2026-11-27T03:08:00Z"), checkedFor: "sweep", wholeListAt: time("2026-11-27T03:08:00Z"),
                listed: 37, error: nil,
                schedules: [.init(id: "daily-dump", type: "dump", times: "daily 19:50", keptSeconds: 30 * 86_400)],
                schedulesReadAt: time("2026-11-26T21:04:00Z"), mayReadSchedules: true, timeZone: "Etc/UTC",
                isTimeZoneAuto: false, failedPolls: [], clockAheadSeconds: 0, uid: "u-1",
                watchedSince: time("2025-10-11T08:00:00Z"), goneSince: nil, goneUntil: nil, changes: [], unobserved: [])
        )
    }

    private static func html(_ addon: Explanation = sample(), page: Int = 1, links: PageLinks = PageLinks()) -> String {
        String(decoding: AddonPage(addon, page: page, links: links, version: "1.2.3").bytes, as: UTF8.self)
    }

    @Test("the verdict is first: state, since, why, and what a loss would cost")
    func verdict() {
        let html = Self.html()
        #expect(html.contains("<title>failing: Invoices DB · Northflank backups</title>"))
        #expect(html.contains("<h1>Invoices DB <small>mysql 8.0.39</small></h1>"))
        #expect(
            html.contains(
                #" <span class=mu>since <time class=at datetime="2026-11-26T19:52:26Z">2026-11-26 19:52</time>, for "#
                    + #"<time datetime="2026-11-26T19:52:26Z">7h 19m</time></span>"#))
        #expect(
            html.contains(
                "<p class=say>The last dump failed.</p>\n<p>Changes after 2026-11-25 19:50 UTC are in no backup.</p>"))
        #expect(html.contains("<span>The last dump failed.</span><small>for <time"))
    }

    @Test("what to do, with the links that are configured")
    func toDo() {
        let plain = Self.html()
        #expect(plain.contains("<ol>\n<li>Read the logs of the failed dump at Northflank.</li></ol>"))
        #expect(plain.components("class=go ") == 1)
        #expect(
            plain.contains(
                #"<a class=go href="https://docs.example.com/runbooks/NorthflankBackupNotCompleting.md" rel=noreferrer>Runbook</a>"#
            ))
        #expect(
            plain.contains("amtool silence add -d 4h -c \"WHO: WHY\" account=acme project=billing addon=invoices-db"))
        let all = Self.html(
            links: PageLinks(grafana: "https://g", northflank: "https://n/{project}/{addon}"))
        #expect(all.contains(#"href="https://n/billing/invoices-db" rel=noreferrer>Backups at Northflank</a>"#))
        #expect(
            all.contains(
                #"href="https://g/d/northflank-backup-addon?var-account=acme&amp;var-project=billing&amp;var-addon=invoices-db""#
            ))
        var named = Self.sample()
        named.runbook = "NorthflankBackupNotCompleting"
        #expect(Self.html(named).components("class=go ") == 0)
    }

    @Test("each type has a card: its age of the limit, the next slot, sizes and durations")
    func card() {
        let card = Self.html().between("<section class=card>", "</section>")
        #expect(card.hasPrefix("<h3>Dump <small>daily 19:50</small> <b class=\"p b\">"))
        #expect(card.contains("1d 7h</time></b> old <small>limit 1d 0h 30m</small>"))
        #expect(
            card.contains(#"<svg class="a v" viewBox="0 0 99 4" preserveAspectRatio=none><path d="M0 2h84"/></svg>"#))
        #expect(card.contains("<dt>Failed in a row</dt><dd><b>1</b></dd>"))
        #expect(card.contains("; missed if not started by 20:20</dd>"))
        #expect(card.contains("Size <b>6.7 GB</b>, usual 5.9-7.4 GB"))
        #expect(card.contains("Took <b>10m 30s</b>, usual 10m 0s to 10m 30s"))
        #expect(card.contains(#"aria-label="Sizes of the dumps of 30 days: 2 completed, 1 failed""#))
    }

    @Test("the calendar has a cell for each day, which leads to the attempt")
    func calendar() {
        let row = Self.html().between("<tr><th scope=row>Dump</th>", "</tr>")
        #expect(row.components("<td") == 30)
        #expect(
            row.contains(
                ##"<td title="dump 2026-11-26 19:50: failed"><a href="#a-d3"><svg class=sq viewBox="0 0 18 18" aria-hidden=true>"##
                    + #"<path class=f d="M3 9h12"/></svg><span class=vh>failed</span></a></td>"#))
        #expect(Self.html().contains("<small>3 dumps due: 2 completed, 1 failed</small>"))
        var bare = Self.sample()
        (bare.slots, bare.noSlots) = ([], "the addon has no backup schedule")
        #expect(Self.html(bare).contains("<p>No slots: the addon has no backup schedule.</p>"))
    }

    @Test("a day with several slots shows the worst, and counts all")
    func severalSlots() {
        var addon = Self.sample()
        var more = addon.slots[1]
        more.due = Self.time("2026-11-26T07:50:00Z")
        addon.slots.append(more)
        #expect(Self.html(addon).contains(#"<td title="dump 2026-11-26: 1 completed, 1 failed"><svg"#))
    }

    @Test("attempts have pages of their own")
    func attempts() {
        var addon = Self.sample()
        addon.attempts = (0..<45).map { Self.attempt("x\($0)", "completed", "2026-11-20T00:00:00Z", took: nil) }
        let first = Self.html(addon)
        #expect(first.contains("<small>1 to 20 of 45 in 30 days, newest first</small>"))
        #expect(first.contains(#"<a href="addon?id=acme/billing/invoices-db&amp;page=2#att">2</a>"#))
        let still = AddonPage(addon, page: 2, reloads: false, links: PageLinks(), version: "1.2.3")
        let second = String(decoding: still.bytes, as: UTF8.self)
        let address = "addon?id=acme/billing/invoices-db"
        #expect(second.contains("<a href=\"\(address)&amp;page=3&amp;refresh=off#att\">3</a>"))
        #expect(second.contains("<a href=\"\(address)&amp;page=2\">reload each minute</a>"))
        #expect(first.contains("<a href=\"\(address)&amp;refresh=off\">stop reloading</a>"))
        let last = Self.html(addon, page: 99)
        #expect(last.contains("<small>41 to 45 of 45 in 30 days, newest first</small>"))
        #expect(last.components("<tr id=") == 5)
        addon.attempts = []
        #expect(Self.html(addon).contains("<p>No backup was created in 30 days.</p>"))
    }

    @Test("what was decided, every limit with its source, restores and evidence")
    func evidence() {
        let html = Self.html()
        #expect(html.contains(#"<dt>Policy</dt><dd><a href="./?policy=gold">gold</a> <code>config.yml:31</code></dd>"#))
        #expect(
            html.contains(
                "<tr><th scope=row>Newest dump<br><small>schedule: 1d between slots, grace 30m</small></th>"
                    + "<td>1d 7h</td><td>1d 0h 30m</td><td class=b><b class=\"p b\">"))
        #expect(html.contains("<td>34</td><td>none</td><td class=g></td></tr>"))
        #expect(
            html.contains(
                "completed, of the dump of <time class=at datetime=\"2026-11-14T19:50:00Z\">2026-11-14 19:50</time>, in 12m 40s</li>"
            ))
        #expect(html.contains("<dt>Next check</dt><dd>by 05:52 UTC, or at a webhook</dd>"))
        #expect(html.contains(#"<a href="api/addons/acme/billing/invoices-db?days=30">JSON of this page</a>"#))
    }

    @Test("a waiver says what it hides; an addon that is gone has a command")
    func waivedAndGone() {
        var waived = Self.sample()
        (waived.state, waived.stateWithoutWaiver) = ("waived", "failing")
        waived.decided.waiver = .init(
            reason: "test data", owner: "qa", until: Self.time("2027-02-01T00:00:00Z"), isInForce: true, source: nil)
        waived.advice = []
        let html = Self.html(waived)
        #expect(html.contains("<h2>Without the waiver, not alerted</h2>"))
        #expect(html.contains("<li>Nothing until 2027-01-25, when the alert"))
        #expect(html.contains("test data (qa), until"))
        #expect(!html.contains("amtool"))
        var gone = Self.sample()
        gone.advice = [.init(text: "Confirm it.", command: "northflank-backup-exporter forget a/b/c")]
        gone.evidence.goneUntil = Self.time("2026-12-04T00:00:00Z")
        #expect(Self.html(gone).contains("<pre><code>northflank-backup-exporter forget a/b/c</code></pre>"))
        #expect(Self.html(gone).contains("Without an action this entry ends at 2026-12-04 00:00 UTC (gone_for)."))
    }

    @Test("no name from outside can break out of the page")
    func hostile() {
        let evil = #""><script>alert(1)</script>&x=1#y"#
        var addon = Self.sample()
        (addon.account, addon.project, addon.addon, addon.addonName) = (evil, evil, evil, evil)
        (addon.type, addon.version, addon.state, addon.runbook) = (evil, evil, evil, evil)
        (addon.decided.policy, addon.decided.owner, addon.decided.source) = (evil, evil, evil)
        addon.findings[0].text = evil
        addon.advice[0].text = evil
        for index in addon.attempts.indices { (addon.attempts[index].id, addon.attempts[index].version) = (evil, evil) }
        addon.evidence.error = .init(reason: evil, message: evil, since: addon.generatedAt, remedy: evil)
        let html = Self.html(
            addon, links: PageLinks(external: "https://x", grafana: "https://g", northflank: "https://n/{addon}"))
        #expect(!html.contains("<script>alert"))
        #expect(html.components("<script>") == 1)
        for target in html.targets { #expect(!target.contains("\"") && !target.contains("<")) }
        #expect(html.contains("<link rel=canonical href=\"https://x/addon?id="))
    }
}
