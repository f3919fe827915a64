"""How Grafana shows a value: the properties of its field, its text and its colour.

Only as much of Grafana as the dashboards use: what they begin to use has to be added here.
"""

import re

# From where on a unit is used.
UNITS = {
    "bytes": {"B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40},
    "s": {"s": 1, "ms": 1e-3, "µs": 1e-6, "mins": 60, "hours": 3600, "days": 86400, "weeks": 604800},
    "reqps": {"req/s": 1},
    "percentunit": {"%": 0.01},
    "none": {"": 1},
}


def look(panel, name):
    """The properties of a field by their ids: the panel's own, and those of the overrides that match."""
    found = {key: value for key, value in panel["fieldConfig"]["defaults"].items() if key != "custom"}
    custom = panel["fieldConfig"]["defaults"].get("custom") or {}
    found |= {f"custom.{key}": value for key, value in custom.items()}
    for override in panel["fieldConfig"].get("overrides") or []:
        kind, options = override["matcher"]["id"], override["matcher"]["options"]
        if name == options if kind == "byName" else re.search(options.strip("/"), name):
            found |= {each["id"]: each.get("value") for each in override["properties"]}
    return found


def shown(value, how):
    """The text and the colour of a value."""
    text, color = (value, None) if isinstance(value, str) else (measure(value, how), threshold(value, how))
    key = value if isinstance(value, str) else f"{value:.12g}"
    for mapping in how.get("mappings") or []:
        if key in mapping["options"]:
            result = mapping["options"][key]
            return result.get("text") or text, result.get("color") or color
    return text, color


def threshold(value, how):
    steps = (how.get("thresholds") or {}).get("steps", [])
    held = [step["color"] for step in steps if step["value"] is None or value >= step["value"]]
    return held[-1] if held else None


def scale(value, how):
    """The factor of the unit that suits a number."""
    factors = UNITS[how.get("unit", "none")].values()
    return max((factor for factor in factors if factor <= abs(value)), default=1) if value else 1


def measure(value, how):
    """A number in its unit, as Grafana writes it."""
    units = UNITS[how.get("unit", "none")]
    factor = 0.01 if "%" in units else scale(value, how)
    name = next(unit for unit, each in units.items() if each == factor)
    number, digits = value / factor, how.get("decimals")
    if digits is not None:
        text = f"{number:.{int(digits)}f}"
    else:
        text = f"{number:.3g}" if abs(number) < 1000 else f"{number:.0f}"
    return f"{text}{name}" if name == "%" else f"{text} {name}".strip()
