import Backups
import Hummingbird
import Polling

extension ExporterResponder {
    /// Stops to miss the addon that the parameter `addon` names.
    func forget(_ request: Request) -> Response {
        guard allowsReload else {
            return text(.forbidden, "Forgetting addons is off; start with --web.enable-lifecycle.\n")
        }
        let name = request.uri.queryParameters.get("addon") ?? ""
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts.contains("") else {
            return text(.badRequest, "Name the addon as addon=ACCOUNT/PROJECT/ADDON.\n")
        }
        return switch endpoints.forget(AddonKey(account: parts[0], project: parts[1], addon: parts[2])) {
        case .forgotten: text(.ok, "\(name) is forgotten.\n")
        case .notGone: text(.notFound, "No addon \(name) is gone.\n")
        case .configured: text(.conflict, "The configuration names \(name); remove it there.\n")
        }
    }
}
