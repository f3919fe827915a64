"""When a ticket that a page of the same addon mutes gets its "resolved", as docs/alerts.md says it: a real Alertmanager with
the shipped example, told of alerts as Prometheus does. All waiting is 600 times as short."""

import datetime
import json

import pytest

from support import http
from support.alerting import Alertmanager, Notification, OnCall
from support.waiting import always

SCALE = 600
# Three intervals of a group.
STEP = 1.5

PAGE = Notification("page", "NorthflankBackupAtRisk", "orders-db")
TICKET = Notification("ticket", "NorthflankBackupNotCompleting", "orders-db")
OTHER = Notification("ticket", "NorthflankBackupNotCompleting", "users-db")


class Alerts:
    """What Prometheus says to Alertmanager, and what a person on call is told."""

    def __init__(self, directory, oncall, programs, **route):
        self._alertmanager = Alertmanager(directory, oncall.url, SCALE, **route)
        programs.append(self._alertmanager)
        self.oncall, self._starts = oncall, {}

    def _post(self, alerts, ends):
        now = datetime.datetime.now(datetime.timezone.utc)
        body = json.dumps([{
            "labels": {"alertname": alert.alert, "severity": {"page": "critical", "ticket": "warning"}[alert.receiver],
                       "scope": "addon", "account": "default", "project": "shop", "addon": alert.about},
            "startsAt": self._starts.setdefault(alert, now).isoformat(),
            "endsAt": (now + ends).isoformat()} for alert in alerts]).encode()
        response = http.request("POST", f"http://{self._alertmanager.address}/api/v2/alerts",
                                {"Content-Type": "application/json"}, body)
        assert response.status == 200, response.text

    def fire(self, *alerts):
        self._post(alerts, datetime.timedelta(minutes=4))

    def end(self, *alerts):
        self._post(alerts, datetime.timedelta())

    def told(self, *firing):
        """These are all that somebody believes to be firing, now and for a while."""
        self.oncall.is_told(*firing, within=10)
        always(lambda: self.oncall.firing == set(firing), during=STEP)


@pytest.fixture
def start_alerts(tmp_path, programs):
    def start(**route):
        oncall = OnCall()
        programs.append(oncall)
        return Alerts(tmp_path, oncall, programs, **route)

    return start


@pytest.fixture
def alerts(start_alerts):
    return start_alerts()


def test_a_ticket_that_ends_with_its_page_is_resolved(alerts):
    alerts.fire(TICKET)
    alerts.told(TICKET)
    alerts.fire(PAGE)
    alerts.told(TICKET, PAGE)
    # In the order of the rules.
    alerts.end(PAGE, TICKET)
    alerts.told()


def test_a_ticket_that_was_never_sent_is_not_resolved_either(alerts):
    alerts.fire(PAGE, TICKET)
    alerts.told(PAGE)
    alerts.end(PAGE, TICKET)
    alerts.told()
    assert alerts.oncall.told == alerts.oncall.resolved == [PAGE]


def test_a_ticket_that_ends_before_its_page_is_not_resolved(alerts):
    alerts.fire(TICKET)
    alerts.told(TICKET)
    alerts.fire(PAGE)
    alerts.told(TICKET, PAGE)
    alerts.end(TICKET)
    alerts.told(TICKET, PAGE)
    alerts.end(PAGE)
    alerts.told(TICKET)


def the_other_ends_meanwhile(alerts):
    alerts.fire(TICKET, OTHER)
    alerts.told(TICKET, OTHER)
    alerts.fire(PAGE)
    alerts.told(TICKET, OTHER, PAGE)
    alerts.end(OTHER)
    alerts.told(TICKET, PAGE)
    alerts.end(PAGE, TICKET)


def test_a_ticket_is_not_resolved_if_the_last_other_of_its_message_ended_meanwhile(alerts):
    """Then Alertmanager holds that the message is over."""
    the_other_ends_meanwhile(alerts)
    alerts.told(TICKET)


def test_with_a_message_for_each_addon_it_is_resolved(start_alerts):
    alerts = start_alerts(group_by=["alertname", "account", "project", "addon"])
    the_other_ends_meanwhile(alerts)
    alerts.told()


def test_a_ticket_is_resolved_if_others_of_its_message_still_fire(alerts):
    alerts.fire(TICKET, OTHER)
    alerts.told(TICKET, OTHER)
    alerts.fire(PAGE)
    alerts.told(TICKET, OTHER, PAGE)
    alerts.end(PAGE, TICKET)
    alerts.told(OTHER)
