"""The exporter in a process of its own."""

import json
import re

from support import http
from support.page import TEXT, Page
from support.program import Program
from support.waiting import eventually


class Exporter(Program):
    def __init__(self, binary, directory, arguments=(), environment=None, addresses=("127.0.0.1:0",),
                 command="serve", name="exporter"):
        listen = [part for address in addresses for part in ("--web.listen-address", address)]
        super().__init__([binary, command, *listen, *arguments], directory, environment, name=name)
        address = r'listening\W+address(?:=|":")([^\s"]+)'
        self.wait_for(rf"(?:{address}[\s\S]*?){{{len(addresses)}}}")
        self.urls = [f"http://{found}" for found in re.findall(address, self.stderr)]

    @property
    def url(self):
        return self.urls[0]

    def get(self, path, **headers):
        return http.get(self.url + path, **headers)

    def page(self):
        response = self.get("/metrics")
        assert response.status == 200
        assert response.headers["Content-Type"] == TEXT
        return Page(response.text)

    def is_ready(self):
        return self.get("/-/ready").status == 200

    def wait_until_observed(self, *addons, since=0.0, within=30.0):
        """A page on which every one of these addons was collected after `since`, in seconds of the epoch."""

        def observed():
            page = self.page()
            for addon in addons:
                when = page.of(addon, "northflank_addon_last_observed_timestamp_seconds")
                assert when is not None and when > since, f"{addon} was last observed at {when}"
            return page

        return eventually(observed, within)

    def wait_for_page(self, check, within=30.0, what=None):
        """The first page that `check` is true for."""

        def checked():
            page = self.page()
            return check(page) and page

        return eventually(checked, within, what)

    def logged(self, message, **fields):
        """The log lines (logfmt) whose message begins with these words, and that have these fields."""
        wanted = [f" {key}={quoted(value)} " for key, value in fields.items()]
        return [line for line in self.stderr.splitlines()
                if f' msg="{message}' in line and all(field in f"{line} " for field in wanted)]


def quoted(text):
    return text if re.fullmatch(r'[^\s"=]+', text) else json.dumps(text)
