"""The shipped rules and the shipped Alertmanager example, in a hurry, and a person on call who is notified."""

import datetime
import json
import re
import threading
from collections import namedtuple
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import yaml

from support import http
from support.program import Program
from support.rules import ALERTS_FOLDER
from support.waiting import eventually

MILLISECONDS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
Notification = namedtuple("Notification", "receiver alert about")


def hurried(text, factor):
    """Rules or routes in which all waiting is so many times as short: `for`, ranges, offsets, intervals."""

    def shorter(match):
        return f"{match[1]}{round(int(match[2]) * MILLISECONDS[match[3]] / factor)}ms{match[4]}"

    for before, after in [(r"\[", r"[\]:]"), (r"\[\d+ms:", r"\]"), (r"offset ", r"\b"),
                          (r"^ *(?:for|group_wait|group_interval|repeat_interval): ", r"$")]:
        text = re.sub(rf"({before})(\d+)([smhd])({after})", shorter, text, flags=re.MULTILINE)
    return text


class Alertmanager(Program):
    """The shipped example; its receivers post to a URL of ours. `route` are changes of its first route."""

    def __init__(self, directory, url, factor, **route):
        document = yaml.safe_load(hurried((ALERTS_FOLDER / "alertmanager.example.yml").read_text(), factor))
        document["route"].update(route)
        for receiver in document["receivers"]:
            receiver["webhook_configs"] = [{"url": f"{url}/{receiver['name']}", "send_resolved": True}]
        configuration = directory / "alertmanager.yml"
        configuration.write_text(yaml.safe_dump(document))
        super().__init__(
            ["prometheus-alertmanager", f"--config.file={configuration}", f"--storage.path={directory / 'am-data'}",
             "--web.listen-address=127.0.0.1:0", "--cluster.listen-address="], directory, name="alertmanager")
        self.address = self.wait_for(r'msg="Listening on" address=(\S+)')[1]
        eventually(lambda: http.get(f"http://{self.address}/-/ready").status == 200, what="Alertmanager is ready")


class OnCall:
    """Takes notifications and knows which alerts it was told of, and which of them have ended."""

    def __init__(self):
        self.firing, self.told, self.resolved = set(), [], []
        # When Prometheus says that it ended.
        self.labels, self.ends = {}, {}
        lock = threading.Lock()
        oncall = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    for alert in body["alerts"]:
                        oncall._take(self.path.strip("/"), alert)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _take(self, receiver, alert):
        labels = alert["labels"]
        about = labels.get("addon") or labels.get("account") or labels.get("instance", "")
        notification = Notification(receiver, labels["alertname"], about)
        if alert["status"] == "firing" and notification not in self.firing:
            self.labels[notification] = (labels, alert["annotations"])
            self.firing.add(notification)
            self.told.append(notification)
        elif alert["status"] == "resolved" and notification in self.firing:
            self.firing.discard(notification)
            self.resolved.append(notification)
            self.ends[notification] = datetime.datetime.fromisoformat(alert["endsAt"])

    def is_told(self, *notifications, within=45.0):
        """Waits until exactly these are firing, as far as anybody was told."""

        def agrees():
            assert self.firing == set(notifications)
            return True

        eventually(agrees, within)

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def report(self):
        return f"--- on call was told of {self.told}; ended {self.resolved}\n"
