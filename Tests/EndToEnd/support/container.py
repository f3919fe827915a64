"""What the Dockerfile makes, run as a container runtime would run it, without one."""

import json
import re
import subprocess
from functools import cached_property

from conftest import ROOT

# Every file system but the volume and /tmp is read-only, and the program is nobody's.
ENTER = """\
#!/bin/sh
set -e
[ "$1" = inside ] || exec unshare --mount "$0" inside "$@"
shift
mount --bind {root} {root}
mount --bind {state} {root}{volume}
mount -t tmpfs tmpfs {root}/tmp
mount -t proc proc {root}/proc
mount --rbind /dev {root}/dev
{binds}
mount -o remount,bind,ro {root}
exec chroot --userspec={user} {root} {entrypoint} "$@"
"""


class Dockerfile:
    """The instructions of its last stage, and of the others by their names."""

    def __init__(self):
        text = (ROOT / "deploy" / "container" / "Dockerfile").read_text()
        lines = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
        self.stages = {}
        for line in filter(None, lines):
            instruction, rest = line.split(maxsplit=1)
            if instruction == "FROM":
                base, _, name = rest.partition(" AS ")
                self.stages[name] = {"FROM": [base]}
            else:
                self.stages[name].setdefault(instruction, []).append(rest)

    def value(self, instruction, stage=""):
        """What the only one of its kind says."""
        (value,) = self.stages[stage][instruction]
        return value

    @cached_property
    def labels(self):
        return dict(re.findall(r'(\S+?)="([^"]*)"', self.value("LABEL")))

    @property
    def health_command(self):
        return json.loads(self.value("HEALTHCHECK").partition(" CMD ")[2])


def lay_out(binary, root):
    """Runs the script of the Dockerfile, and returns all paths that it made, as they are in the container."""
    made = subprocess.run([ROOT / "deploy" / "container" / "rootfs", binary, root], capture_output=True, text=True)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    return {f"/{path.relative_to(root)}" for path in root.rglob("*")}


def entrance(directory, root, files=()):
    """A program that runs the entrypoint in the container; `files` are pairs of a path in there and one here,
    of files or folders."""
    dockerfile = Dockerfile()
    volume = dockerfile.value("VOLUME")
    state = directory / "volume"
    # As Docker makes a volume: with the owner and the mode that the folder has in the image.
    subprocess.run(["cp", "-a", f"{root}{volume}", state], check=True)
    # Runtimes make what they mount on.
    for folder in ("proc", "dev"):
        (root / folder).mkdir(exist_ok=True)
    for path, source in files:
        place = root / path.lstrip("/")
        place.mkdir(exist_ok=True) if source.is_dir() else place.touch()
    (entrypoint,) = json.loads(dockerfile.value("ENTRYPOINT"))
    file = directory / "enter"
    file.write_text(ENTER.format(
        root=root, state=state, volume=volume, user=dockerfile.value("USER"), entrypoint=entrypoint,
        binds="\n".join(f"mount --bind {source} {root}{path}" for path, source in files)))
    file.chmod(0o755)
    return file
