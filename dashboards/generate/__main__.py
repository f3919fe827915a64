"""usage: python -m generate [DIRECTORY]: writes fleet.json, addon.json and exporter.json."""

import pathlib
import sys

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from . import addon, exporter, fleet

directory = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]
for name, module in {"fleet": fleet, "addon": addon, "exporter": exporter}.items():
    text = JSONEncoder(sort_keys=True, indent=2).encode(module.build())
    (directory / f"{name}.json").write_text(text + "\n")
