"""Panels: what all of them share, and the few kinds that the dashboards are made of."""

from dataclasses import dataclass, field

from grafana_foundation_sdk.builders import (
    bargauge, common as shared, dashboard, prometheus, stat, statetimeline, statushistory, table, timeseries)
from grafana_foundation_sdk.models import common, dashboard as model
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from .words import BAD, FAINT, ODD, OK, QUIET

SOURCE = model.DataSourceRef(type_val="prometheus", uid="${datasource}")
BY_THRESHOLDS = dashboard.FieldColor().mode(model.FieldColorModeId.THRESHOLDS)
NONE = "–"
# Axes of time count hours or minutes: Grafana's own unit of seconds puts its ticks at round seconds (1.39 hours).
HOURS, MINUTES, DAYS = ("suffix:h", 3600), ("suffix:min", 60), ("suffix:d", 86400)
# Exact and narrow: 1 d 00:30:00.
EXACT = {"unit": "dtdhms"}


def now(expression, legend=""):
    """The value at the end of the time range."""
    return prometheus.Dataquery().expr(expression).legend_format(legend).instant()


def over_time(expression, legend=""):
    return prometheus.Dataquery().expr(expression).legend_format(legend).range()


def words(texts):
    """Value mappings from `{value: (text, colour)}`; a colour of None is the column's own."""
    results = {str(value): model.ValueMappingResult(text=text, color=color, index=index)
               for index, (value, (text, color)) in enumerate(texts.items())}
    return [model.ValueMap(options=results)]


def steps(first, *others):
    """Thresholds: a colour for everything, then pairs of a value and the colour from there on."""
    thresholds = [model.Threshold(value=None, color=first), *(model.Threshold(value, color) for value, color in others)]
    return dashboard.ThresholdsConfig().mode(model.ThresholdsMode.ABSOLUTE).steps(thresholds)


def fixed(color):
    return dashboard.FieldColor().mode(model.FieldColorModeId.FIXED).fixed_color(color).build()


def settings(**values):
    """Properties of an override by their ids, with `__` for a dot."""
    return [model.DynamicConfigValue(name.replace("__", "."), value) for name, value in values.items()]


def panel(builder, title, queries, width, height, unit, description="", nothing=None):
    """What every panel has; `nothing` is what it says where there is nothing to show."""
    builder.title(title).datasource(SOURCE).span(width).height(height).unit(unit)
    for letter, query in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", queries):
        builder.with_target(query.ref_id(letter).datasource(SOURCE))
    if description:
        builder.description(description)
    return builder.no_value(nothing) if nothing else builder


def latest(builder):
    return builder.reduce_options(shared.ReduceDataOptions().calcs(["lastNotNull"]).values(False))


def tiles(title, queries, width, height, unit="none", size=14, **more):
    """Big values side by side, coloured by their thresholds; `size` is that of their names in pixels."""
    made = stat.Panel().color_mode(common.BigValueColorMode.BACKGROUND_SOLID).graph_mode(common.BigValueGraphMode.NONE)
    made.text_mode(common.BigValueTextMode.VALUE_AND_NAME).orientation(common.VizOrientation.VERTICAL)
    # Left to Grafana, the longest name makes all of them tiny.
    made.text(shared.VizTextDisplayOptions().title_size(size))
    made.justify_mode(common.BigValueJustifyMode.CENTER).thresholds(steps(FAINT)).color_scheme(BY_THRESHOLDS)
    return panel(latest(made), title, queries, width, height, unit, **more)


def bars(title, queries, width, height, unit="none", **more):
    """Horizontal bars, one for each series."""
    made = bargauge.Panel().orientation(common.VizOrientation.HORIZONTAL).min(0).min_viz_height(8)
    made.display_mode(common.BarGaugeDisplayMode.BASIC).value_mode(common.BarGaugeValueMode.COLOR)
    made.thresholds(steps(QUIET)).color_scheme(BY_THRESHOLDS)
    return panel(latest(made), title, queries, width, height, unit, **more)


def lines(title, queries, width, height, unit, **more):
    made = timeseries.Panel().min(0).line_width(1).fill_opacity(8).show_points(common.VisibilityMode.NEVER)
    made.color_scheme(dashboard.FieldColor().mode(model.FieldColorModeId.PALETTE_CLASSIC))
    made.tooltip(shared.VizTooltipOptions().mode(common.TooltipDisplayMode.MULTI).sort(common.SortOrder.DESCENDING))
    legend = shared.VizLegendOptions().show_legend(True).placement(common.LegendPlacement.BOTTOM)
    made.legend(legend.display_mode(common.LegendDisplayMode.LIST))
    return panel(made, title, queries, width, height, unit, **more)


def stacked(made):
    """Areas on top of each other."""
    return made.stacking(shared.StackingConfig().mode(common.StackingMode.NORMAL)).fill_opacity(35)


def columns(made, each):
    """Bars on top of each other, one for each `each`, which is the shortest step, too."""
    made.draw_style(common.GraphDrawStyle.BARS).bar_alignment(common.BarAlignment.AFTER).interval(each).decimals(0)
    return stacked(made).fill_opacity(80).line_width(0)


def states(title, queries, width, height, **more):
    """What held when: a row for each series, coloured by value mappings."""
    made = statetimeline.Panel().merge_values(True).show_value(common.VisibilityMode.AUTO).row_height(0.85)
    made.fill_opacity(75).line_width(0).legend(shared.VizLegendOptions().show_legend(False))
    return panel(made, title, queries, width, height, "none", **more)


def calendar(title, queries, width, height, **more):
    """A row for each series and a cell for each day."""
    made = statushistory.Panel().show_value(common.VisibilityMode.NEVER).row_height(0.85).col_width(0.9)
    made.fill_opacity(80).line_width(0).legend(shared.VizLegendOptions().show_legend(False)).per_page(20)
    return panel(made, title, queries, width, height, "none", **more)


@dataclass
class Column:
    """A column of a table: a label of the queries' series, or the values of a query of its own."""

    title: str
    label: str = ""
    query: str = ""
    # In pixels; a column without a width takes what is left, but not less than `least`.
    width: int = 0
    least: int = 0
    # Properties of the override; `__` stands for a dot.
    look: dict = field(default_factory=dict)

    def properties(self):
        width = {"custom__width": self.width} if self.width else {"custom__minWidth": self.least} if self.least else {}
        # Of a cell; without it, each empty one would say what the empty table says.
        return settings(noValue=NONE, **width, **self.look)


FILLED = {"custom__cellOptions": {"type": "color-background", "mode": "basic"}}
COLORED = {"custom__cellOptions": {"type": "color-text"}}
GAUGE = {"custom__cellOptions": {"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}}
# Of an age and its limit. -1 stands for no value: without one, the cell would be a full green bar.
RATIO_CELL = {
    "unit": "percentunit", "decimals": 0, "min": 0, "max": 2, "mappings": words({-1: (NONE, None)}),
    "thresholds": steps("transparent", (0, OK), (1, ODD), (2, BAD)).build(), **GAUGE}


def grid(title, parts, width, height, unit="none", sort=(), hidden=(), only="", **more):
    """A table with a row for each set of labels that the queries share; labels that are no column are left out.

    `only` is the field of a query whose series are all the rows; other queries add no row.
    """
    made = panel(table.Panel().show_header(True).cell_height(common.TableCellHeight.SM), title,
                 [now(part.query).format(PromQueryFormat.TABLE) for part in parts if part.query],
                 width, height, unit, **more)
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    alone = sum(bool(part.query) for part in parts) == 1
    names = [part.label or ("Value" if alone else f"Value #{next(letters)}") for part in parts]
    made.with_transformation(model.DataTransformerConfig(id_val="merge", options={}))
    if only:
        known = {"fieldName": only, "config": {"id": "isNotNull", "options": {}}}
        made.with_transformation(model.DataTransformerConfig(id_val="filterByValue", options={
            "type": "include", "match": "all", "filters": [known]}))
    made.with_transformation(model.DataTransformerConfig(id_val="organize", options={
        "excludeByName": {name: True for name in ("Time", *hidden)},
        "indexByName": {name: index for index, name in enumerate(names)},
        "renameByName": {name: part.title for name, part in zip(names, parts)}}))
    # Else Grafana's own thresholds would colour numbers green and red.
    made.thresholds(steps("text"))
    for part in parts:
        made.override_by_name(part.title, part.properties())
    order = [shared.TableSortByFieldState().display_name(column).desc(down) for column, down in sort]
    return made.sort_by(order)
