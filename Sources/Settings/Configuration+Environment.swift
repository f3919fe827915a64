extension Configuration {
    /// The variables that replace a configuration file.
    package enum Variable {
        package static let token = "NORTHFLANK_API_TOKEN"
        package static let tokenFile = "NORTHFLANK_API_TOKEN_FILE"
        package static let baseURL = "NORTHFLANK_API_BASE_URL"
        /// Names that Northflank's own clients read too, if the names above are not set: what is set for them must not
        /// send the token to another host here.
        static let tokenAlias = "NF_API_TOKEN"
        static let baseURLAliases = ["NF_API_HOST", "NF_HOST"]
        package static let team = "NORTHFLANK_TEAM"
        package static let addons = "NORTHFLANK_ADDONS"
        package static let maxAge = "NORTHFLANK_MAX_AGE"
        package static let timeZone = "NORTHFLANK_TIME_ZONE"
        package static let webhookToken = "NORTHFLANK_WEBHOOK_TOKEN"
        package static let webhookTokenFile = "NORTHFLANK_WEBHOOK_TOKEN_FILE"
        package static let statePath = "NORTHFLANK_STATE_PATH"
    }

    /// One account, named `default`, from the environment. An empty variable counts as unset.
    ///
    /// - Parameter checks: check the token that the environment refers to.
    /// - Throws: `ConfigurationError` with every problem.
    package init(
        environment: [String: String], checks: ReferenceChecks = .none
    ) throws(ConfigurationError) {
        let values = environment.filter { !$0.value.isEmpty }
        var problems: [ConfigurationProblem] = []
        func report(_ key: String, _ message: String) {
            problems.append(ConfigurationProblem(key: key, message: message))
        }

        var account = AccountConfiguration(token: .environment(Variable.token))
        switch (values[Variable.token], values[Variable.tokenFile]) {
        case (nil, let file?): account.token = .file(file)
        case (_?, nil): break
        case (nil, nil) where values[Variable.tokenAlias] != nil: account.token = .environment(Variable.tokenAlias)
        case (_?, _?): report(Variable.tokenFile, "\(Variable.token) is set too; keep one of the two")
        case (nil, nil):
            report(
                Variable.token,
                "not set; set it or \(Variable.tokenFile), or name a file with --config.file")
        }
        if problems.isEmpty, let problem = checks.token(account.token) {
            switch account.token {
            case .file: report(Variable.tokenFile, problem)
            case .environment(let name): report(name, problem)
            }
        }
        if let name = ([Variable.baseURL] + Variable.baseURLAliases).first(where: { values[$0] != nil }),
            let text = values[name]
        {
            account.baseURLVariable = name
            switch BaseURL.normalize(text.contains("://") ? text : "https://" + text, insecureHTTP: false) {
            case .success(let url): account.baseURL = url
            case .failure(let problem): report(name, problem.message)
            }
        }
        if let team = values[Variable.team] {
            account.team = team
            if !Slug.isValid(team) { report(Variable.team, "\"\(team)\" is not an id: \(Slug.rule)") }
        }
        let entries = values[Variable.addons].map { $0.split(separator: ",") }
        if entries?.isEmpty == true {
            report(Variable.addons, "names no addon; expected project/addon,project/addon, or unset to discover all")
        }
        var addons: [Target] = []
        for entry in entries ?? [] {
            let text = String(entry.trimmingSpaces)
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, parts.allSatisfy(Slug.isValid) else {
                report(Variable.addons, "\"\(text)\": expected project/addon,project/addon; \(Slug.rule)")
                continue
            }
            let target = Target(project: parts[0], addon: parts[1])
            if addons.contains(target) { report(Variable.addons, "\(text) is listed twice") }
            addons.append(target)
        }
        account.addons = addons
        account.discovery.enabled = values[Variable.addons] == nil
        if let text = values[Variable.maxAge] {
            account.objective.maxAge = PrometheusDuration.duration(text).flatMap {
                ObjectiveConfiguration.maxAges.contains($0) ? $0 : nil
            }
            if account.objective.maxAge == nil {
                report(Variable.maxAge, "\"\(text)\": expected a duration from 1m to 366d, such as 26h")
            }
            account.objective.sources[.maxAge] = DecisionSource(key: Variable.maxAge)
        }
        if let name = values[Variable.timeZone] {
            account.objective.timeZone = name
            if !account.objective.isTimeZoneAuto, !TimeZones.isKnown(name) {
                report(Variable.timeZone, TimeZones.problem(name))
            }
        }
        switch (values[Variable.webhookToken], values[Variable.webhookTokenFile]) {
        case (nil, nil): break
        case (_?, nil): account.webhookToken = .environment(Variable.webhookToken)
        case (nil, let file?): account.webhookToken = .file(file)
        case (_?, _?): report(Variable.webhookTokenFile, "\(Variable.webhookToken) is set too; keep one of the two")
        }
        if let token = account.webhookToken, let problem = checks.token(token) {
            report(
                values[Variable.webhookToken] == nil ? Variable.webhookTokenFile : Variable.webhookToken, problem)
        }
        var state = StateConfiguration()
        state.path = values[Variable.statePath]
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        self.init(accounts: [account], state: state)
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmingSpaces: SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }) else { return self[startIndex..<startIndex] }
        return self[first...lastIndex { !$0.isWhitespace }!]
    }
}
