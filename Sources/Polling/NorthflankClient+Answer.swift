import Backups
import Freshness
package import Northflank

extension NorthflankClient {
    /// Carries out a request of an account.
    ///
    /// - Parameter isAdmitted: whether its first transfer was admitted by the budget already.
    package func answer(_ request: Account.Request, isAdmitted: Bool) async -> Account.Answer {
        switch request {
        case .backups(let key, let reason, let reach, let known, let sought):
            .backups(
                key, reason,
                await result { () async throws(APIError) in
                    try await backups(
                        project: key.project, addon: key.addon, backTo: reach, unlessStill: known, seeking: sought,
                        isAdmitted: isAdmitted)
                })
        case .schedules(let key):
            .schedules(
                key,
                await result { () async throws(APIError) in
                    try await schedules(project: key.project, addon: key.addon, isAdmitted: isAdmitted)
                })
        case .restores(let key):
            .restores(
                key,
                await result { () async throws(APIError) in
                    try await restores(project: key.project, addon: key.addon, isAdmitted: isAdmitted)
                })
        case .addonStates(let project):
            .addonStates(
                project: project,
                await result { () async throws(APIError) in
                    try await addons(project: project, isAdmitted: isAdmitted)
                })
        case .projects:
            .projects(await result { () async throws(APIError) in try await projects(isAdmitted: isAdmitted) })
        case .addons(let project):
            .addons(
                project: project,
                await result { () async throws(APIError) in
                    try await addons(project: project, isAdmitted: isAdmitted)
                })
        case .auth:
            .auth(await result { () async throws(APIError) in try await token(isAdmitted: isAdmitted) })
        }
    }

    private func result<Value>(_ call: () async throws(APIError) -> Value) async -> Result<Value, APIError> {
        do throws(APIError) { return .success(try await call()) } catch { return .failure(error) }
    }
}
