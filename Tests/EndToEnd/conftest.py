"""What the tests are given: the binary, and processes that end with the test."""

import os
import pathlib

import pytest

# Before the imports, so that a failed assertion in there says as much as one in a test.
pytest.register_assert_rewrite("support")

from support import configuration  # noqa: E402
from support.exporter import Exporter  # noqa: E402
from support.simulator import EPOCH, Simulator  # noqa: E402
from support.world import World  # noqa: E402

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="session")
def binary():
    """The exporter's program; NORTHFLANK_BACKUP_EXPORTER names another than the release build."""
    default = ROOT / ".build" / "release" / "northflank-backup-exporter"
    path = pathlib.Path(os.environ.get("NORTHFLANK_BACKUP_EXPORTER", default)).absolute()
    assert os.access(path, os.X_OK), f"{path} is not there; make build builds it"
    return path


@pytest.fixture
def programs():
    """Programs added here are stopped after the test, the last first."""
    started = []
    yield started
    for program in reversed(started):
        program.stop()
        # Shown by pytest when the test has failed.
        print(program.report())


@pytest.fixture
def start_simulator(binary, tmp_path, programs):
    """Starts a simulator whose time begins at `EPOCH`, so that no test depends on the hour at which it runs."""

    def start(*arguments, **more):
        name = f"simulator-{len(programs)}"
        # Another beginning may follow among the arguments; the last one counts.
        programs.append(Simulator(
            binary, tmp_path, "--simulator.virtual-start", EPOCH, *arguments, name=name, **more))
        return programs[-1]

    return start


@pytest.fixture
def simulator(start_simulator):
    """The simulator with the twelve addons of the demo."""
    return start_simulator()


@pytest.fixture
def start_exporter(binary, tmp_path, programs):
    """Starts an exporter with a configuration file, or as the arguments say, in the time of the first simulator."""

    def start(*accounts, arguments=(), poll=None, state=None, environment=None, **more):
        name = f"exporter-{len(programs)}"
        if accounts:
            file = configuration.write(tmp_path / f"{name}.yml", *accounts, state=state, **(poll or {}))
            arguments = ("--config.file", file, *arguments)
        # A demo has a simulator of its own.
        if more.get("command") != "demo":
            simulators = [program for program in programs if isinstance(program, Simulator)]
            arguments = (*arguments, *(simulators[0].clock_arguments if simulators else ()))
        environment = configuration.ENVIRONMENT if environment is None else environment
        programs.append(Exporter(binary, tmp_path, arguments, environment, name=name, **more))
        return programs[-1]

    return start


@pytest.fixture
def start_world(start_simulator, start_exporter, tmp_path):
    """Starts a simulator in which an hour passes in `3600 / scale` seconds."""
    return lambda scale, *arguments: World(start_simulator, start_exporter, tmp_path, scale, *arguments)


@pytest.fixture
def exporter(simulator, start_exporter):
    """An exporter that discovers the simulator's addons and polls each every second."""
    return start_exporter(configuration.account(simulator))
