package import Backups
package import Fleet
package import Freshness
package import Northflank

extension Account {
    /// An event of an account.
    package enum Event: Sendable {
        /// The account starts: it shows the known facts about its addons.
        case began
        /// Time has passed, or another event has occurred: due requests are sent, as far as the budget allows it.
        case ticked(FreshnessPlan.Budget)
        /// A request has ended.
        case answered(Answer)
        /// A webhook named an addon.
        case hinted(AddonKey, HintKind)
        /// The last answer has come, where every addon is polled once.
        case ended
        /// The absence of an addon was confirmed.
        case forgotten(AddonKey)
        /// The history has kept and judged the value of `Effect.keep`. For a change, only the addons that it changed;
        /// none for an unchanged list that the history does not have.
        case kept(Keep, [Addon])
    }

    /// A list to read, or the token to look at. The purpose is the purpose that the request is counted for.
    package enum Request: Equatable, Sendable {
        /// Entries older than `backTo` are known; nil for the whole list. `unlessStill` is the list as it was last read.
        /// The creation of the backup `seeking` is wanted.
        case backups(AddonKey, PollReason, backTo: Timestamp?, unlessStill: SeenList? = nil, seeking: String? = nil)
        case schedules(AddonKey)
        case restores(AddonKey)
        /// A project's addons, for their states.
        case addonStates(project: String)
        /// The projects, as a part of reading all lists.
        case projects
        /// A project's addons, as a part of reading all lists.
        case addons(project: String)
        case auth
    }

    /// The answer to a `Request`.
    package enum Answer: Sendable {
        /// The list is nil if it is still as it was last read.
        case backups(AddonKey, PollReason, Result<Listing<Backup>?, APIError>)
        case schedules(AddonKey, Result<Listing<BackupSchedule>, APIError>)
        case restores(AddonKey, Result<Listing<RestoreListing>, APIError>)
        case addonStates(project: String, Result<Listing<AddonListing>, APIError>)
        case projects(Result<Listing<ProjectListing>, APIError>)
        case addons(project: String, Result<Listing<AddonListing>, APIError>)
        /// Nil if the API does not say anything about the token.
        case auth(Result<TokenFacts?, APIError>)

        /// Nil if the request worked.
        var error: APIError? {
            switch self {
            case .backups(_, _, .failure(let error)), .schedules(_, .failure(let error)),
                .restores(_, .failure(let error)), .addonStates(_, .failure(let error)), .projects(.failure(let error)),
                .addons(_, .failure(let error)), .auth(.failure(let error)):
                error
            case .backups, .schedules, .restores, .addonStates, .projects, .addons, .auth: nil
            }
        }
    }

    /// A value for the history to keep, and its reason.
    package enum Keep: Sendable {
        /// The list that a poll has read.
        case backups(AddonKey, Listing<Backup>, PollReason)
        /// The list of the addon is as it was last read, wholly or not; the record has the new observation.
        case unchanged(Addon, isWhole: Bool, PollReason)
        /// The result of reading schedules; `worked` if another reading soon is of no use.
        case schedules(AddonKey, AddonChange, worked: Bool)
        /// The result of reading restores, as of schedules.
        case restores(AddonKey, AddonChange, worked: Bool)
        /// Facts about addons, from lists.
        case listed([(key: AddonKey, change: AddonChange)], isDiscovery: Bool)
        /// Addons that are no longer watched.
        case away([(key: AddonKey, absence: Absence)])
        /// Readings of the lists that lacked addons; nil for an addon that they have again.
        case missed([(key: AddonKey, missed: Missed?)])
        /// Addons that are judged again, because the zone has changed.
        case judgedAgain([AddonKey])
        /// Since when an addon's state and findings hold.
        case standing(AddonKey, Standing)
    }

    /// An action for the runner, which carries out effects in their order.
    package enum Effect: Sendable {
        case request(Request)
        case keep(Keep)
        case publish(Addon)
        case withdraw(AddonKey)
        case publishStatus(PollingStatus)
        case count(requests: Int, RequestPurpose)
        case countHint(WebhookResult)
        case log(AccountNote)
        /// The account's addons are known, or reading them has failed: scrapes make sense from now on.
        case ready
        /// Nothing is due before this uptime, unless another event comes first.
        case wait(until: Double)
    }
}
