import Testing

@testable import ExporterHTTP

@Suite struct HandshakeHandlerTests {
    @Test("of an error of the library, its name is left")
    func name() {
        let text =
            "sslError([Error: 268435648 error:100000c0:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE at x.cc:1])"
        #expect(HandshakeHandler.reason(in: text) == "PEER_DID_NOT_RETURN_A_CERTIFICATE")
    }

    @Test("another text stays as it is")
    func other() { #expect(HandshakeHandler.reason(in: "uncleanShutdown") == "uncleanShutdown") }
}
