import Glibc
import TestSupport
import Testing

@testable import Settings

@Suite struct WebConfigurationFileTests {
    private let data: WebTestdata
    private let file: WebConfigurationFile
    private var directory: TemporaryDirectory { data.directory }

    init() throws {
        data = try WebTestdata()
        try data.directory.write("web.yml", try WebTestdata.read("good-full"))
        file = WebConfigurationFile(path: data.directory.file("web.yml"))
    }

    private func problem(_ file: WebConfigurationFile) -> String? {
        #expect(throws: ConfigurationError.self) { try file.load() }?.description
            .replacing(directory.path + "/", with: "")
    }

    @Test("files that are named are beside the file, or where their absolute path is")
    func folders() throws {
        #expect(try file.load().tls?.certificate == Array(WebTestdata.certificate.utf8))
        #expect(NamedFiles(file: "a/web.yml").path("b.pem") == "a/b.pem")
        #expect(NamedFiles(file: "a/web.yml").path("/b.pem") == "/b.pem")
        #expect(NamedFiles(file: "web.yml").path("b.pem") == "b.pem")
        #expect(NamedFiles(file: "/web.yml").path("../b.pem") == "/../b.pem")
    }

    @Test("without a look at the files that are named, only the text counts")
    func textAlone() throws {
        try directory.remove("server.pem")
        let tls = try WebConfigurationFile(path: directory.file("web.yml"), readsNamedFiles: false).load().tls
        #expect(tls?.certificate == [])
        #expect(problem(file) == "web.yml:2: tls_server_config.cert_file: server.pem does not exist; check the path")
    }

    @Test("what is no regular file of a sensible size is refused, without waiting")
    func special() throws {
        let place = "web.yml: --web.config.file:"
        try directory.remove("web.yml")
        #expect(problem(file) == "\(place) does not exist; check the path")
        mkfifo(directory.file("web.yml"), 0o600)
        #expect(problem(file) == "\(place) is not a regular file; expected the path of one")
        #expect(problem(WebConfigurationFile(path: directory.path)) != nil)
        #expect(
            problem(WebConfigurationFile(path: "/dev/zero"))
                == "/dev/zero: --web.config.file: is not a regular file; expected the path of one")
        try directory.remove("web.yml")
        try directory.write("web.yml", "#" + String(repeating: "x", count: 1 << 20))
        #expect(problem(file) == "\(place) has more than 1 MiB; it is the wrong file")
        try directory.write("web.yml", "#" + String(repeating: "x", count: (1 << 20) - 1))
        #expect(try file.load() == WebConfiguration())
        try directory.writeBytes("web.yml", [0x61, 0xFF])
        #expect(problem(file) == "\(place) is not UTF-8 text")
    }

    @Test("the signature changes with each of the files", arguments: ["web.yml", "server.pem", "server.key", "ca.pem"])
    func signature(name: String) throws {
        let signature = file.signature()
        #expect(file.signature() == signature)
        // The same bytes, so that only the file itself tells.
        let text = name == "web.yml" ? try WebTestdata.read("good-full") : WebTestdata.certificate
        try directory.write("next", text)
        directory.rename("next", to: name)
        let replaced = file.signature()
        #expect(replaced != signature)
        try directory.remove(name)
        #expect(file.signature() != replaced)
    }

    @Test("the signature follows links, as Kubernetes replaces mounted secrets")
    func links() throws {
        for version in ["one", "two"] {
            mkdir(directory.file(version), 0o700)
            try directory.write("\(version)/server.pem", WebTestdata.certificate)
        }
        directory.link("..data", to: "one")
        try directory.remove("server.pem")
        directory.link("server.pem", to: "..data/server.pem")
        let signature = file.signature()
        directory.link("..next", to: "two")
        directory.rename("..next", to: "..data")
        #expect(file.signature() != signature)
    }

    @Test("a file that is not right yet shows that it changes, and so does one that it names")
    func wrongFile() throws {
        try directory.write("web.yml", "tls_server_config: {cert_file: later.pem, nonsense: 1}")
        let signature = file.signature()
        try directory.write("later.pem", WebTestdata.certificate)
        #expect(file.signature() != signature)
        try directory.write("web.yml", "tls_server_config: [}")
        let broken = file.signature()
        try directory.write("web.yml", "tls_server_config: {}")
        #expect(file.signature() != broken)
    }
}
