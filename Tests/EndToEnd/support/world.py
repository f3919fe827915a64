"""A simulator whose time runs fast, and exporters that live in the same time."""

from support import configuration

HEALTH = "northflank_addon_backup_health"
OUTCOMES = "northflank_addon_backup_outcomes_total"
STATUSES = ("completed", "failed", "aborted", "not-supported")


class World:
    """Schedules hold here: an hour of this world passes in `3600 / scale` seconds."""

    def __init__(self, start_simulator, start_exporter, directory, scale, *arguments):
        self.scale = scale
        self.state = directory / "state" / "history.sqlite"
        self.simulator = start_simulator(
            "--simulator.virtual-clock", "--simulator.time-scale", str(scale),
            "--simulator.virtual-start", "2026-03-02T00:30:00Z", *arguments)
        self._start_exporter = start_exporter

    def exporter(self, poll=None, addresses=("127.0.0.1:0",), discovery=None, **more):
        """An exporter with this world's clock and history."""
        document = configuration.account(
            self.simulator, discovery={"interval": "10m", **(discovery or {})}, **more)
        return self._start_exporter(
            document, poll={"interval": "30m", "timeout": "10s", **(poll or {})}, state={"path": str(self.state)},
            addresses=addresses)

    @property
    def outcomes(self):
        """The truth: what has ended, by addon and status."""
        return {(addon["project"], addon["addon"]): {status: addon[status] for status in STATUSES}
                for addon in self.simulator.outcomes["addons"]}


def state_of(page, addon):
    """The state that holds for an addon, None if there is none yet."""
    states = page.having(HEALTH, project=addon[0], addon=addon[1])
    held = [dict(labels)["state"] for labels, value in states.items() if value == 1]
    assert len(held) <= 1 and set(states.values()) <= {0, 1}, states
    return held[0] if held else None


def outcomes_of(page, addon):
    return {status: page.of(addon, OUTCOMES, status=status) for status in STATUSES}
