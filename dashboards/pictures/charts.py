"""Panels with a time axis, as SVG."""

import datetime
import math
from html import escape

from .colors import PALETTE, paint
from .looks import look, measure, scale, shown

LEFT, RIGHT, TOP, BOTTOM, HEAD = 62, 12, 6, 46, 30
# Seconds from mark to mark.
STEPS = (60, 300, 900, 3600, 10800, 21600, 86400, 172800)


class Axis:
    """Where moments and values are on a panel."""

    def __init__(self, panel, evaluator, left, width, height, low=0, high=1):
        self.start, self.end, self.low, self.high = evaluator.start(panel), evaluator.end, low, high
        self.left, self.right, self.bottom = left, width - RIGHT, height - HEAD - BOTTOM

    def x(self, moment):
        share = (moment - self.start) / (self.end - self.start)
        return self.left + (self.right - self.left) * max(0, min(1, share))

    def y(self, value):
        return self.bottom - (self.bottom - TOP) * (value - self.low) / (self.high - self.low)

    def marks(self, how):
        """Round values in the unit of the panel."""
        factor = scale(max(abs(self.low), self.high), how)
        rough = (self.high - self.low) / 5 / factor
        power = 10 ** math.floor(math.log10(rough))
        step = factor * power * next(each for each in (1, 2, 5, 10) if each * power >= rough)
        return [number * step for number in range(math.ceil(self.low / step), math.floor(self.high / step) + 1)]

    def svg(self, shapes):
        span = self.end - self.start
        step = next((each for each in STEPS if span / each <= 9), STEPS[-1])
        form = "%d %b" if step >= 86400 else "%H:%M"
        for moment in range(int(self.start // step + 1) * step, int(self.end) + 1, step):
            text = datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).strftime(form)
            shapes.append(label(self.x(moment), self.bottom + 15, text, "middle"))
        return f'<svg width="{self.right}" height="{self.bottom + 20}">{"".join(shapes)}</svg>'


def label(x, y, text, anchor="end", kind=""):
    return f'<text x="{x:.0f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escape(text)}</text>'


def box(left, top, right, bottom, color):
    size = f'width="{max(1, right - left):.1f}" height="{bottom - top:.1f}"'
    return f'<rect x="{left:.1f}" y="{top:.1f}" {size} fill="{color}" fill-opacity="0.85"/>'


def timeseries(panel, series, evaluator, width, height):
    palette = iter(PALETTE * 20)
    drawn = []
    for each in series:
        how = look(panel, each["name"])
        color = paint((how.get("color") or {}).get("fixedColor") or next(palette))
        drawn.append((each["name"], each["points"], how, color))
    hidden = {name for name, _, how, _ in drawn if (how.get("custom.hideFrom") or {}).get("viz")}
    stacks = stacked([each for each in drawn if each[0] not in hidden])
    values = [value for points in stacks.values() for _, bottom, top in points for value in (bottom, top)]
    axis = Axis(panel, evaluator, LEFT, width, height, min(0, *values), max(*values, 0) * 1.05 or 1)
    plain = {**look(panel, ""), "decimals": None}
    shapes = [label(LEFT - 6, axis.y(value) + 4, measure(value, plain)) for value in axis.marks(plain)]
    shapes += (box(LEFT, axis.y(value), axis.right, axis.y(value) + 1, "#25272d") for value in axis.marks(plain))
    step = evaluator.step(panel)
    for name, _, how, color in drawn:
        if how.get("custom.drawStyle") == "bars":
            shapes += (box(axis.x(moment), axis.y(top), axis.x(moment + 0.85 * step), axis.y(bottom), color)
                       for moment, bottom, top in stacks[name] if top > bottom)
        elif name not in hidden:
            below = {moment: top for moment, _, top in stacks.get(how.get("custom.fillBelowTo"), [])}
            points = [(moment, below.get(moment, bottom), top) for moment, bottom, top in stacks[name]]
            shapes += (line(axis, run, how, color) for run in runs(points, step))
    legend = "".join(f'<span><i style="background:{color}"></i>{escape(name)}</span>' for name, _, _, color in drawn)
    return f'{axis.svg(shapes)}<div class="legend">{legend}</div>'


def stacked(drawn):
    """For each name its moments, with the bottom and the top of what is drawn there."""
    heights, found = {}, {}
    for name, points, how, _ in drawn:
        on_top = (how.get("custom.stacking") or {}).get("mode") == "normal"
        found[name] = []
        for moment, value in points:
            bottom = heights.get(moment, 0) if on_top else 0
            found[name].append((moment, bottom, bottom + value))
            if on_top:
                heights[moment] = bottom + value
    return found


def runs(points, step):
    """The points in pieces without a gap."""
    piece = []
    for point in points:
        if piece and point[0] - piece[-1][0] > 1.5 * step:
            yield piece
            piece = []
        piece.append(point)
    if piece:
        yield piece


def line(axis, points, how, color):
    if how.get("custom.lineInterpolation") == "stepAfter":
        corners = [(here, (there[0], *here[1:])) for here, there in zip(points, points[1:])]
        points = [point for pair in corners for point in pair] + points[-1:]
    top = " ".join(f"{axis.x(moment):.1f},{axis.y(value):.1f}" for moment, _, value in points)
    floor = " ".join(f"{axis.x(moment):.1f},{axis.y(bottom):.1f}" for moment, bottom, _ in reversed(points))
    dash = 'stroke-dasharray="6 5"' if how.get("custom.lineStyle") else ""
    opacity = (how.get("custom.fillOpacity") or 0) / 100
    return (f'<polygon points="{top} {floor}" fill="{color}" fill-opacity="{opacity}"/>'
            f'<polyline points="{top}" fill="none" stroke="{color}" stroke-width="1.3" {dash}/>')


def rows(panel, series, evaluator, width, height):
    """State timeline and status history: a row for each series, coloured by what the values mean."""
    calendar = panel["type"] == "status-history"
    series = series[:int(panel["options"].get("perPage") or len(series))]
    axis = Axis(panel, evaluator, 250, width, height + 20)
    high = (axis.bottom - TOP) / len(series)
    shapes = []
    for number, each in enumerate(series):
        how, top = look(panel, each["name"]), TOP + number * high
        shapes.append(label(axis.left - 8, top + high * 0.6, how.get("displayName", each["name"])))
        for start, end, value in stretches(each["points"], evaluator.step(panel), not calendar):
            text, color = shown(value, how)
            left, right = axis.x(start), axis.x(end) - (3 if calendar else 0)
            shapes.append(box(left, top, right, top + high * 0.85, paint(color)))
            if not calendar and right - left > 60:
                shapes.append(label(left + 6, top + high * 0.6, text, "start", "value"))
    return axis.svg(shapes)


def stretches(points, step, join):
    """Begin and end of each value, or of each run of a value."""
    found = []
    for moment, value in points:
        if join and found and found[-1][2] == value and moment <= found[-1][1]:
            found[-1] = (found[-1][0], moment + step, value)
        else:
            found.append((moment, moment + step, value))
    return found
