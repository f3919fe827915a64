"""nginx in front of an exporter, whose pages it shows below a path that the exporter does not know."""

from support.nginx import Nginx


class PrefixProxy(Nginx):
    def __init__(self, directory, upstream, prefix):
        super().__init__(directory, f"location {prefix} {{ proxy_pass {upstream}/; }}")
        self.url = f"http://127.0.0.1:{self.port}{prefix}"
