"""A dashboard as a page of HTML: its panels where they are on the grid, with what their queries return."""

import math
import pathlib
from html import escape

from generate.words import FAINT
from support.dashboard import fill

from . import charts
from .colors import INK, TEXT, paint
from .looks import look, shown

STYLE = (pathlib.Path(__file__).parent / "style.css").read_text()
HEAD, CELL, ROW, GAP = 44, 1424 / 24, 38, 8


def page(board, evaluator):
    """The page, and its height in pixels."""
    chosen = ", ".join(f"{name}: {value}" for name, value in evaluator.variables.items() if value != ".*")
    about = f"last {evaluator.since.removeprefix('now-')}{chosen and ' · '}{chosen}"
    parts = [f"<h1>{escape(board['title'])} <small>{escape(about)}</small></h1>"]
    parts += (placed(panel, evaluator) for panel in board["panels"])
    bottom = max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in board["panels"])
    return f'<meta charset="utf-8"><style>{STYLE}</style>{"".join(parts)}', HEAD + bottom * ROW


def placed(panel, evaluator):
    grid = panel["gridPos"]
    top = HEAD + grid["y"] * ROW
    if panel["type"] == "row":
        return f'<div class="row" style="top:{top}px">▾ {escape(panel["title"])}</div>'
    width, height = round(grid["w"] * CELL) - GAP, grid["h"] * ROW - GAP
    series = list(evaluator.series(panel))
    inner = KINDS[panel["type"]](panel, series, evaluator, width, height) if series else nothing(panel)
    title = escape(fill(panel["title"], evaluator.variables))
    if panel.get("timeFrom"):
        title += f" <small>last {panel['timeFrom']}</small>"
    place = f"left:{GAP + grid['x'] * CELL:.0f}px;top:{top}px;width:{width}px;height:{height}px"
    return f'<section style="{place}"><h2>{title}</h2>{inner}</section>'


def nothing(panel):
    return f'<p class="none">{escape(panel["fieldConfig"]["defaults"].get("noValue", "No data"))}</p>'


def newest(panel, series):
    """For each series its name, the newest value, how that is written, its colour and its properties."""
    for each in series:
        how, value = look(panel, each["name"]), each["points"][-1][1]
        text, color = shown(value, how)
        fixed = (how.get("color") or {}).get("fixedColor")
        yield escape(how.get("displayName", each["name"])), value, escape(text), fixed or color, how


def tiles(panel, series, evaluator, width, height):
    made = ""
    for name, _, text, color, _ in newest(panel, series):
        ink, size = TEXT if color == FAINT else INK, "long" if len(text) > 8 else ""
        made += (f'<div style="background:{paint(color)};color:{ink}"><span>{name}</span>'
                 f'<b class="{size}">{text}</b></div>')
    return f'<div class="tiles">{made}</div>'


def bars(panel, series, evaluator, width, height):
    made, longest = "", max(each["points"][-1][1] for each in series)
    for name, value, text, color, how in newest(panel, series):
        length = max(0, min(1, value / (how.get("max") or longest or 1))) * (width - 260) + 3
        made += f'<div><span>{name}</span><i style="width:{length:.0f}px;background:{paint(color)}"></i>{text}</div>'
    return f'<div class="bars">{made}</div>'


def table(panel, series, evaluator, width, height):
    (organize,) = [each["options"] for each in panel["transformations"] if each["id"] == "organize"]
    rows = merged(panel, series)
    names = sorted({name for row in rows for name in row} - set(organize["excludeByName"]),
                   key=lambda name: organize["indexByName"][name])
    titles = [organize["renameByName"][name] for name in names]
    for order in reversed(panel["options"].get("sortBy") or []):
        name = names[titles.index(order["displayName"])]
        last = -math.inf if order["desc"] else math.inf
        rows.sort(key=lambda row: row.get(name, last), reverse=order["desc"])
    looks = [look(panel, title) for title in titles]
    made = "".join(f'<th style="width:{how.get("custom.width", "auto")}px">{escape(title)}</th>'
                   for title, how in zip(titles, looks))
    tops = [max((row[name] for row in rows if isinstance(row.get(name), float)), default=1) for name in names]
    for row in rows:
        made += f'<tr>{"".join(cell(row.get(name), how, top) for name, how, top in zip(names, looks, tops))}'
    return f"<table>{made}</table>"


def merged(panel, series):
    """A row for each set of labels that all series have in common."""
    shared = set.intersection(*(set(each["labels"]) for each in series))
    rows = {}
    for each in series:
        row = rows.setdefault(tuple(sorted((name, each["labels"][name]) for name in shared)), {})
        value = "Value" if len(panel["targets"]) == 1 else f"Value #{each['ref']}"
        row |= each["labels"] | {value: each["points"][-1][1]}
    return list(rows.values())


def cell(value, how, top):
    if value is None:
        return f"<td>{how['noValue']}"
    text, color = shown(value, how)
    text, color = escape(text), paint(color)
    match (how.get("custom.cellOptions") or {}).get("type"):
        case "color-background":
            return f'<td style="background:{color};color:{INK}">{text}'
        case "gauge":
            share = max(0, min(1, value / (how.get("max") or top or 1)))
            return f'<td style="color:{color}"><i style="width:{share * 60:.0f}%;background:{color}"></i>{text}'
        case "color-text":
            return f'<td style="color:{color}">{text}'
    return f"<td>{text}"


KINDS = {"stat": tiles, "bargauge": bars, "table": table, "timeseries": charts.timeseries,
         "state-timeline": charts.rows, "status-history": charts.rows}
