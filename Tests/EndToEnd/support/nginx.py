"""nginx in front of a server, for one test."""

import socket

from support.program import Program
from support.waiting import answers, eventually

CONFIGURATION = """\
daemon off;
master_process off;
pid {directory}/nginx.pid;
error_log stderr warn;
events {{}}
http {{
    {log}
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    server {{
        listen 127.0.0.1:{port}{options};
        {server}
    }}
}}
"""


class Nginx(Program):
    """Serves what `server` says, the inside of a server's block; `options` are those of its socket."""

    def __init__(self, directory, server, options="", log="access_log off;"):
        # nginx does not tell which port it took for 0, so a free one is looked for first.
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        file = directory / "nginx.conf"
        file.write_text(CONFIGURATION.format(
            directory=directory, port=self.port, server=server, options=options, log=log))
        super().__init__(["nginx", "-p", directory, "-e", "stderr", "-c", file], directory,
                         {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, name="nginx")
        eventually(lambda: answers(self.port), what="nginx listens")
