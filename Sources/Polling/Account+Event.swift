package import Backups
package import Fleet
package import Freshness
package import Northflank

extension Account {
    /// Something that happened to an account.
    package enum Event: Sendable {
        /// The account is taken up: what is known of its addons is to be shown.
        case began
        /// Time went on, or anything else happened: what is due is to be requested, as far as the budget allows it.
        case ticked(FreshnessPlan.Budget)
        /// A request has ended.
        case answered(Answer)
        /// A webhook named an addon.
        case hinted(AddonKey, HintKind)
        /// What `Effect.keep` asked for is kept and judged. Of a change, only the addons that it changed.
        case kept(Keep, [Addon])
    }

    /// A list to be read. The purpose is what the request is counted for.
    package enum Request: Equatable, Sendable {
        /// What is older than `backTo` is known; nil for all of the list.
        case backups(AddonKey, PollReason, backTo: Timestamp?)
        case schedules(AddonKey)
        case restores(AddonKey)
        /// A project's addons, for their states.
        case addonStates(project: String)
        /// The projects, as a part of reading all lists.
        case projects
        /// A project's addons, as a part of reading all lists.
        case addons(project: String)
    }

    /// What came of a `Request`.
    package enum Answer: Sendable {
        case backups(AddonKey, PollReason, Result<Listing<Backup>, APIError>)
        case schedules(AddonKey, Result<Listing<BackupSchedule>, APIError>)
        case restores(AddonKey, Result<Listing<RestoreListing>, APIError>)
        case addonStates(project: String, Result<Listing<AddonListing>, APIError>)
        case projects(Result<Listing<ProjectListing>, APIError>)
        case addons(project: String, Result<Listing<AddonListing>, APIError>)
    }

    /// Something that the history is to keep, and why.
    package enum Keep: Sendable {
        /// The list that a poll has read.
        case backups(AddonKey, Listing<Backup>, PollReason)
        /// What was read of schedules; `worked` if reading them again soon is of no use.
        case schedules(AddonKey, AddonChange, worked: Bool)
        case restores(AddonKey, AddonChange)
        /// What lists say of addons.
        case listed([(key: AddonKey, change: AddonChange)], isDiscovery: Bool)
        /// Addons that went.
        case unwatched([AddonKey])
    }

    /// Something that is to be done. The runner carries out effects in their order.
    package enum Effect: Sendable {
        case request(Request)
        case keep(Keep)
        case publish(Addon)
        case withdraw(AddonKey)
        case publishStatus(PollingStatus)
        case count(requests: Int, RequestPurpose)
        case countHint(WebhookResult)
        case log(AccountNote)
        /// The account's addons are known, or asking for them has failed: scrapes make sense.
        case ready
        /// Nothing is to be done before this uptime, unless something else happens first.
        case wait(until: Double)
    }
}
