import Backups
import Fleet

extension AccountFinding {
    /// The finding in words, for people on call.
    var text: String {
        switch self {
        case .timeZone(let fit, let zone):
            let isLater = fit.earlier < .zero
            return "schedules start \(fit.difference) \(isLater ? "later" : "earlier") than \(zone.identifier) on "
                + "\(fit.addonsText); time_zone \(fit.zone.identifier) fits"
        case .shrunk(let found, let all, let since, let confirmAt):
            let kept = all - found
            return
                "discovery finds \(CountText.text(found)) of \(CountText.text(all, of: "addon")) since \(since.atUTC); "
                + "\(CountText.text(kept)) \(kept == 1 ? "is" : "are") kept until a reading after \(confirmAt.atUTC) confirms it"
        }
    }
}

extension ZoneFit {
    /// That the zone was taken.
    var note: String {
        "schedules are read in the time zone \(zone.identifier), which fits the backups of \(addonsText) (time_zone: auto)"
    }

    fileprivate var addonsText: String { addons == 1 ? "1 addon" : "\(addons) addons" }

    /// In hours and minutes, such as `5h 30m`.
    fileprivate var difference: String {
        let minutes = abs(earlier.components.seconds) / 60
        return minutes < 60 ? "\(minutes)m" : "\(minutes / 60)h \(minutes % 60)m"
    }
}
