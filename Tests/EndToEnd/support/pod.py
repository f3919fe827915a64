"""A pod of a StatefulSet, run here as the kubelet would: with its files, environment, arguments and host name."""

import os
import pathlib
import re

from support.chart import container_of, pod_of
from support.exporter import Exporter


class Pod(Exporter):
    def __init__(self, binary, directory, objects, name, secrets, namespace="backups"):
        container = container_of(objects)
        self._directory = directory / name
        self._mounts = {mount["mountPath"]: self._directory / mount["name"] for mount in container["volumeMounts"]}
        for volume in pod_of(objects)["volumes"]:
            files = objects["ConfigMap", volume["configMap"]["name"]]["data"] if "configMap" in volume else {}
            self._write(volume["name"], secrets if "secret" in volume else files)
        (self._directory / "state").mkdir(exist_ok=True)

        fields = {"metadata.namespace": namespace, "metadata.name": name}
        environment = {each["name"]: fields[each["valueFrom"]["fieldRef"]["fieldPath"]] if "valueFrom" in each
                       else self._here(each["value"]) for each in container["env"]}
        command, *arguments = [self._here(re.sub(r"\$\((\w+)\)", lambda match: environment[match[1]], argument))
                               for argument in container["args"]]
        super().__init__(self._entrypoint(binary, name), directory, arguments,
                         {**environment, "HOSTNAME": name}, command=command, name=name)

    def file(self, path):
        """Where a path of the container is."""
        return pathlib.Path(self._here(path))

    def _here(self, text):
        """The text with the container's folders replaced by those of the test."""
        paths = "|".join(map(re.escape, self._mounts))
        return re.sub(rf"(?<![\w/])({paths})\b", lambda match: str(self._mounts[match[1]]), text)

    def _write(self, volume, files):
        (self._directory / volume).mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (self._directory / volume / name).write_text(self._here(text))

    def _entrypoint(self, binary, name):
        """The binary on a host of that name, with the same process id."""
        namespaces = "--uts" if os.geteuid() == 0 else "--user --map-root-user --uts"
        script = self._directory / "entrypoint"
        script.write_text(
            f"#!/bin/sh\nexec unshare {namespaces} sh -c 'hostname {name} && exec \"$@\"' sh {binary} \"$@\"\n")
        script.chmod(0o755)
        return script
