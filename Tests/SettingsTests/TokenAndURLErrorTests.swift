import Testing

@testable import Settings

@Suite struct TokenAndURLErrorTests {
    @Test(
        "every way to have no token",
        arguments: [
            (
                "token-missing",
                "2: accounts[0]: expected token_file (a path) or token_env (the name of a variable); found neither"
            ),
            ("token-both", "3: accounts[0].token_env: token_file is set too; keep one of the two"),
            (
                "token-file-missing",
                "2: accounts[0].token_file: token file ${dir}/no-such-token does not exist; "
                    + "check the path and its permissions"
            ),
            (
                "token-file-empty",
                "2: accounts[0].token_file: token file ${dir}/token-empty is empty; expected a Northflank API token"
            ),
            (
                "token-file-directory",
                "2: accounts[0].token_file: token file ${dir} is a folder; expected a regular file"
            ),
            (
                "token-file-two-words",
                "2: accounts[0].token_file: token file ${dir}/token-two-words holds spaces or characters that "
                    + "no token has; expected one token"
            ),
            (
                "token-env-unset",
                "2: accounts[0].token_env: environment variable NOBODY is not set; "
                    + "expected a Northflank API token in it"
            ),
            (
                "token-env-empty",
                "2: accounts[0].token_env: environment variable EMPTY is empty; expected a Northflank API token"
            ),
        ])
    func token(file: String, problem: String) throws {
        #expect(try Testdata.problems(file) == ["\(file).yml:\(problem)"])
    }

    @Test("plain HTTP is for this machine", arguments: ["api.northflank.com", "localhost.example.com"])
    func plainHTTP(host: String) throws {
        let file = host.hasPrefix("api") ? "url-plain-http" : "url-almost-loopback"
        #expect(
            try Testdata.problems(file) == [
                #"\#(file).yml:3: accounts[0].base_url: "http://\#(host)": plain http would show the token to the "#
                    + "network; use https, or set insecure_http: true if you must"
            ])
    }

    /// The middle of some messages is libcurl's, and not the same in all of its versions.
    @Test(
        "addresses to which no request can be sent",
        arguments: [
            ("url-garbage", #""api northflank": the URL is not usable: "#),
            ("url-scheme", #""ftp://api.northflank.com": the URL is not usable: the scheme is neither https nor http"#),
            ("url-query", #""https://api.northflank.com/?team=a": a base URL has no query and no fragment"#),
            ("url-user", "the URL holds a user name or a password; expected one such as https://api.northflank.com"),
        ])
    func url(file: String, start: String) throws {
        let problems = try Testdata.problems(file)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("\(file).yml:3: accounts[0].base_url: \(start)") == true)
    }

    @Test("a password in an address is not repeated in the message")
    func passwordInURL() throws {
        #expect(try !Testdata.problems("url-user").joined().contains("pw"))
    }

    @Test(
        "the normalized form of a usable address",
        arguments: [
            ("https://api.northflank.com", "https://api.northflank.com"),
            ("https://api.northflank.com/", "https://api.northflank.com"),
            ("https://api.northflank.com//", "https://api.northflank.com"),
            ("https://api.northflank.com/v1", "https://api.northflank.com"),
            ("https://api.northflank.com/v1/", "https://api.northflank.com"),
            ("https://api.northflank.com/v10", "https://api.northflank.com/v10"),
            ("https://h:8443/proxy/v1/", "https://h:8443/proxy"), ("https://h//v1", "https://h//v1"),
            ("http://127.0.0.1:9", "http://127.0.0.1:9"), ("http://[::1]:9/", "http://[::1]:9"),
            ("http://LOCALHOST", "http://LOCALHOST"), ("https://v1", "https://v1"),
        ])
    func normalized(text: String, url: String) throws {
        #expect(try BaseURL.normalize(text, insecureHTTP: false).get() == url)
    }

    @Test("plain HTTP to other hosts, if it is allowed")
    func insecure() throws {
        #expect(try BaseURL.normalize("http://intra:8080/", insecureHTTP: true).get() == "http://intra:8080")
        for text in ["", "h", "https://", "//h", "https://a b", "https://h\r\nX: y", "https://h\0", "file:///etc"] {
            #expect(throws: BaseURL.Problem.self) { try BaseURL.normalize(text, insecureHTTP: true).get() }
        }
    }
}
