"""The simulator of the Northflank API in a process of its own; docs/simulator.md describes its controls."""

import json
from collections import namedtuple

from support import http
from support.program import Program

Addon = namedtuple("Addon", "project id")
# When a simulator's time begins, unless a test says otherwise: on a Wednesday, with one addon of the demo's fleet failing
# and no backup of it that begins, ends or expires for the next 25 minutes.
EPOCH = "2026-03-04T12:18:00Z"


class Simulator(Program):
    TOKEN = "simulator-token"

    # A limit that is never in the way: without any, the exporter would assume the documented default.
    def __init__(self, binary, directory, *arguments, rate_limit=100_000_000, name="simulator",
                 environment=None):
        super().__init__(
            [binary, "simulate", "--simulator.rate-limit", rate_limit, *arguments], directory, environment, name=name)
        self.url = self.wait_for(r"NORTHFLANK_API_BASE_URL=(\S+)", "stdout")[1]

    def _control(self, method, name, body=None):
        encoded = None if body is None else json.dumps(body).encode()
        response = http.request(method, f"{self.url}/_simulator/{name}", body=encoded)
        assert response.status in (200, 204), response.text
        return response

    def faults(self, *faults):
        """Replaces all faults by these."""
        self._control("PUT", "faults", list(faults))

    @property
    def all_faults(self):
        return self._control("GET", "faults").json

    def set_token(self, token):
        self._control("POST", "token", {"token": token})

    def can(self, addon, backups):
        """Lets an addon have exactly these backups, all on one page."""
        body = {"data": {"backups": backups}, "pagination": {"hasNextPage": False, "count": len(backups)}}
        self._control("POST", "canned", {"path": backups_path(addon), "body": json.dumps(body)})

    def let(self, personalities):
        """Lets addons be of other personalities from now on."""
        self._control("PUT", "personalities",
                      {f"{project}/{addon}": name for (project, addon), name in personalities.items()})

    def back_up(self, addon, **backup):
        """Makes a backup by hand and returns its id."""
        return self._control("POST", "backups", {"project": addon[0], "addon": addon[1], **backup}).json["id"]

    def delete_backup(self, addon, identity):
        self._control("DELETE", "backups", {"project": addon[0], "addon": addon[1], "id": identity})

    def notify(self, url, token):
        """Posts webhooks to this URL from now on."""
        self._control("PUT", "webhook", {"url": url, "token": token})

    @property
    def webhooks(self):
        return self._control("GET", "webhooks").json

    @property
    def outcomes(self):
        return self._control("GET", "outcomes").json

    @property
    def clock_arguments(self):
        """What lets an exporter live in the time of this simulator."""
        clock = self._control("GET", "clock").json
        return ("--clock.scaled", *(repr(float(clock[key])) for key in ("realSeconds", "virtualSeconds", "scale")))

    @property
    def truth(self):
        return self._control("GET", "truth").json

    @property
    def addons(self):
        return [Addon(project["id"], addon["id"])
                for project in self.truth["projects"] for addon in project["addons"]]

    @property
    def requests(self):
        return self._control("GET", "requests").json

    def forget_requests(self):
        self._control("DELETE", "requests")


def backups_path(addon):
    return f"/v1/projects/{addon[0]}/addons/{addon[1]}/backups"
