"""An exporter with a web configuration, and clients that speak TLS to it."""

import base64
import http.client
import json
import ssl
from urllib.parse import urlsplit

from support.exporter import Exporter
from support.http import Response
from support.tls import Authority

# Of the password "secret", with the lowest cost, so that tests take no time.
SECRET = "$2y$04$tXOwxFLbV3NmsfGt0mQz8.0R8FOUr01yzIXRRw1B0uelaR53a77Su"
# How a client sees that TLS refuses it.
REFUSED = (ssl.SSLError, ConnectionResetError, BrokenPipeError, http.client.RemoteDisconnected)


class SecureExporter(Exporter):
    """An exporter whose own pages need TLS."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.urls = [url.replace("http://", "https://") for url in self.urls]

    @property
    def port(self):
        return urlsplit(self.url).port


class Web:
    """The files of one web configuration."""

    def __init__(self, directory):
        self.directory = directory
        self.file = directory / "web.yml"
        self.servers, self.clients = Authority(directory, "servers"), Authority(directory, "clients")
        self.certificate, self.key = self.servers.issue("127.0.0.1")

    def write(self, **sections):
        """Writes sections as YAML, which JSON is; `tls` is more of tls_server_config."""
        tls = {"cert_file": self.certificate, "key_file": self.key, **sections.pop("tls", {})}
        self.file.write_text(json.dumps({"tls_server_config": tls, **sections}))
        return self.file


class Client:
    """Asks on one connection, which is kept."""

    def __init__(self, exporter, authority, certificate=None, user=None, protocols=None):
        context = ssl.create_default_context(cafile=authority.file)
        if certificate:
            context.load_cert_chain(*certificate)
        if protocols:
            context.set_alpn_protocols(protocols)
        self.connection = http.client.HTTPSConnection("127.0.0.1", exporter.port, timeout=10, context=context)
        self.headers = {}
        if user:
            self.headers["Authorization"] = "Basic " + base64.b64encode(user.encode()).decode()

    def ask(self, method="GET", path="/metrics", headers=None):
        self.connection.request(method, path, headers={**self.headers, **(headers or {})})
        response = self.connection.getresponse()
        return Response(response.status, response.headers, response.read())

    def get(self, path="/metrics"):
        return self.ask("GET", path)

    @property
    def socket(self):
        if self.connection.sock is None:
            self.connection.connect()
        return self.connection.sock

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
