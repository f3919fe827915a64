"""nginx in front of an exporter, whose pages it shows below a path that the exporter does not know."""

import socket

from support.program import Program
from support.tls import answers
from support.waiting import eventually

NGINX = """\
daemon off;
master_process off;
pid {directory}/nginx.pid;
error_log stderr warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location {prefix} {{
            proxy_pass {upstream}/;
        }}
    }}
}}
"""


class PrefixProxy(Program):
    def __init__(self, directory, upstream, prefix):
        # nginx does not tell which port it took for 0, so a free one is looked for first.
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}{prefix}"
        configuration = directory / "nginx.conf"
        configuration.write_text(NGINX.format(directory=directory, port=port, upstream=upstream, prefix=prefix))
        super().__init__(["nginx", "-p", directory, "-e", "stderr", "-c", configuration], directory,
                         {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, name="nginx")
        eventually(lambda: answers(port), what="nginx listens")
