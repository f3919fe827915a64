"""A pod of a StatefulSet, run here as the kubelet would: with its files, environment, arguments and host name."""

import os
import pathlib
import re
import ssl
import subprocess
import urllib.request
from urllib.parse import urlsplit

from support.chart import container_of, pod_of
from support.exporter import Exporter


class Pod(Exporter):
    def __init__(self, binary, directory, objects, name, secrets, namespace="backups"):
        """`secrets` are the files of each Secret, by its name."""
        container = self._container = container_of(objects)
        self._binary, self._directory = binary, directory / name
        self._mounts = {mount["mountPath"]: self._directory / mount["name"] for mount in container["volumeMounts"]}
        for volume in pod_of(objects)["volumes"]:
            if "secret" in volume:
                self.write(volume["name"], secrets[volume["secret"]["secretName"]])
            elif "configMap" in volume:
                self.write(volume["name"], objects["ConfigMap", volume["configMap"]["name"]]["data"])
        (self._directory / "state").mkdir(exist_ok=True)

        fields = {"metadata.namespace": namespace, "metadata.name": name}
        environment = self._environment = {each["name"]: fields[each["valueFrom"]["fieldRef"]["fieldPath"]] if "valueFrom" in each
                       else self._here(each["value"]) for each in container["env"]}
        command, *arguments = [self._here(re.sub(r"\$\((\w+)\)", lambda match: environment[match[1]], argument))
                               for argument in container["args"]]
        super().__init__(self._entrypoint(binary, name), directory, arguments,
                         {**environment, "HOSTNAME": name}, command=command, name=name)

    def file(self, path):
        """Where a path of the container is."""
        return pathlib.Path(self._here(path))

    @property
    def port(self):
        return urlsplit(self.url).port

    def probe(self, name):
        """Whether one of its probes succeeds, such as `livenessProbe`."""
        probe = self._container[name]
        if "exec" in probe:
            program, *arguments = probe["exec"]["command"]
            assert program == "/usr/bin/northflank-backup-exporter"
            # The port of a pod is its own.
            environment = {name: value.replace(":9974", f":{self.port}") for name, value in self._environment.items()}
            return subprocess.run([self._binary, *arguments], env=environment, timeout=30).returncode == 0
        request = probe["httpGet"]
        try:
            # The kubelet checks no certificate.
            return urllib.request.urlopen(
                f"{request.get('scheme', 'HTTP').lower()}://127.0.0.1:{self.port}{request['path']}",
                timeout=10, context=ssl._create_unverified_context()).status == 200
        except OSError:
            return False

    def write(self, volume, files):
        """Replaces the files of a volume at once, by a link to their folder, as the kubelet does."""
        folder = self._directory / volume
        folder.mkdir(parents=True, exist_ok=True)
        data = folder / f"..{len(list(folder.iterdir()))}"
        data.mkdir()
        for name, text in files.items():
            (data / name).write_text(self._here(text))
            if not (folder / name).is_symlink():
                (folder / name).symlink_to(f"..data/{name}")
        (folder / "..new").symlink_to(data.name)
        (folder / "..new").rename(folder / "..data")

    def _here(self, text):
        """The text with the container's folders replaced by those of the test."""
        paths = "|".join(map(re.escape, self._mounts))
        return re.sub(rf"(?<![\w/])({paths})\b", lambda match: str(self._mounts[match[1]]), text)

    def _entrypoint(self, binary, name):
        """The binary on a host of that name, with the same process id."""
        namespaces = "--uts" if os.geteuid() == 0 else "--user --map-root-user --uts"
        script = self._directory / "entrypoint"
        script.write_text(
            f"#!/bin/sh\nexec unshare {namespaces} sh -c 'hostname {name} && exec \"$@\"' sh {binary} \"$@\"\n")
        script.chmod(0o755)
        return script
