"""A certificate authority, and nginx and nghttpx as https proxies, made for one test."""

import re
import socket
import subprocess

from support.nginx import Nginx
from support.program import Program
from support.waiting import answers, eventually

# Of the proxy's connection, what was asked in it.
REQUESTS = """\
log_format requests '$server_protocol $connection $connection_requests $status $request_uri';
    access_log {file} requests;"""
SERVER = """\
ssl_certificate {certificate};
        ssl_certificate_key {key};
        {more}
        location / {{ proxy_pass {upstream}; }}"""


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


class Authority:
    """Signs certificates for servers on loopback."""

    def __init__(self, directory, name):
        self.directory, self.name = directory, name
        self.file, self.key = directory / f"{name}.pem", directory / f"{name}.key"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", 2,
                "-subj", f"/CN={name}", "-keyout", self.key, "-out", self.file)

    def issue(self, host, days=2):
        """The files of a certificate and its key for a host, which is a name or an address."""
        stem = self.directory / f"{self.name}-{host}"
        request, extensions = f"{stem}.csr", f"{stem}.ext"
        kind = "IP" if re.fullmatch(r"[\d.]+", host) else "DNS"
        with open(extensions, "w") as file:
            file.write(f"subjectAltName={kind}:{host}\n")
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-subj", f"/CN={host}", "-keyout", f"{stem}.key", "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self.key, "-CAcreateserial",
                "-days", days, "-extfile", extensions, "-out", f"{stem}.pem")
        return f"{stem}.pem", f"{stem}.key"


class HTTP2Proxy(Program):
    """nghttpx with https in front of a simulator."""

    def __init__(self, directory, upstream, certificate, key):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"https://127.0.0.1:{self.port}"
        self.access_log = directory / "nghttpx.log"
        backend = upstream.removeprefix("http://").replace(":", ",")
        super().__init__(
            ["nghttpx", "--conf=/dev/null", "--workers=1", f"--frontend=127.0.0.1,{self.port}", f"--backend={backend}",
             f"--accesslog-file={self.access_log}", "--accesslog-format=$request $status", key, certificate],
            directory, {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, name="nghttpx")
        eventually(lambda: answers(self.port), what="nghttpx listens")

    @property
    def protocols(self):
        """The protocols of the requests so far."""
        return {line.split()[2] for line in self.access_log.read_text().splitlines()}


class Proxy(Nginx):
    """nginx with https in front of a simulator."""

    def __init__(self, directory, upstream, certificate, key, http2=True, more=""):
        self.access_log = directory / "access.log"
        super().__init__(
            directory, SERVER.format(certificate=certificate, key=key, more=more, upstream=upstream),
            options=" ssl http2" if http2 else " ssl", log=REQUESTS.format(file=self.access_log))
        self.url = f"https://127.0.0.1:{self.port}"

    @property
    def requests(self):
        """What was asked so far, as tuples of protocol, connection, number within it, status and target."""
        if not self.access_log.exists():
            return []
        lines = map(str.split, self.access_log.read_text().splitlines())
        return [(protocol, connection, int(number), int(status), target)
                for protocol, connection, number, status, target in lines]
