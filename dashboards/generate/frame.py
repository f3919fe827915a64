"""What the dashboards have around their panels: variables, annotations, links, and the layout."""

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.models import dashboard as model

from .panels import SOURCE
from .words import BAD

UIDS = {name: f"northflank-backup-{name}" for name in ("fleet", "addon", "exporter")}
WATCHED = "northflank_addon_backup_health"
LINKS = {"fleet": "Fleet", "addon": "Database", "exporter": "Exporter"}
# The link of a row or a series to its database; other than ids, names of accounts may hold anything.
TO_ADDON = {
    "title": "Show ${__data.fields.addon}",
    "url": f"/d/{UIDS['addon']}?${{datasource:queryparam}}&${{lookback:queryparam}}"
           "&var-account=${__data.fields.account}&var-project=${__data.fields.project}"
           "&var-addon=${__data.fields.addon}&${__url_time_range}",
}


class Annotation(dashboard.AnnotationQuery):
    """An annotation of Prometheus, which has more keys than the SDK knows.

    Off until the reader switches it on: the failures of a fleet are a stripe in every graph.
    """

    def __init__(self, name, expression, text, color):
        super().__init__()
        self.name(name).datasource(SOURCE).enable(False).icon_color(color).expr(expression)
        self._more = {"titleFormat": name, "textFormat": text, "step": "10m", "useValueForTime": True}

    def build(self):
        built, more = super().build(), self._more

        class Built:
            def to_json(self):
                return built.to_json() | more

        return Built()


def source():
    return dashboard.DatasourceVariable("datasource").label("Data source").type("prometheus")


def variable(name, query, label=None, several=True):
    """A variable whose values Prometheus knows."""
    made = dashboard.QueryVariable(name).label(label or name.capitalize()).datasource(SOURCE).query(query)
    made.refresh(model.VariableRefresh.ON_TIME_RANGE_CHANGED).sort(model.VariableSort.ALPHABETICAL_ASC)
    if several:
        everything = model.VariableOption(text="All", value="$__all")
        made.multi(True).include_all(True).all_value(".*").current(everything)
    return made


def look_back():
    """How old a sample may be in the panels that show the present; as the rules, ten minutes."""
    made = dashboard.CustomVariable("lookback").label("Look back").values("10m,1h,6h,1d")
    return made.current(model.VariableOption(text="10m", value="10m"))


def addon_variables(several):
    """Account, project and database, each chosen among what the ones before leave."""
    match = "=~" if several else "="
    chosen = ""
    for name in ("account", "project", "addon"):
        metric = f"{WATCHED}{{{chosen}}}" if chosen else WATCHED
        label = "Database" if name == "addon" else None
        yield variable(name, f"label_values({metric}, {name})", label, several=several)
        chosen += f'{"," if chosen else ""}{name}{match}"${name}"'


def failures(addons):
    """A mark at the very moment at which each newest failed backup ended."""
    moment = addons.fold("northflank_addon_backup_last_failed_timestamp_seconds")
    return Annotation("Backup failed", f"1000 * {moment}", "{{project}}/{{addon}} ({{account}})", BAD)


def made(name, title, description, variables, panels, annotations=(), since="now-7d"):
    """The dashboard, with panels and names of rows in the order of reading."""
    board = dashboard.Dashboard(title).uid(UIDS[name]).description(description).tags(["northflank-backup"])
    board.time(since, "now").refresh("1m").timezone("browser").editable()
    board.tooltip(model.DashboardCursorSync.CROSSHAIR)
    for other in LINKS:
        if other != name:
            board.link(to(other))
    for each in (source(), *variables, look_back()):
        board.with_variable(each)
    for each in annotations:
        board.annotation(each)
    for number, each in enumerate(panels, 1):
        if isinstance(each, str):
            board.with_row(dashboard.Row(each).id(number))
        else:
            board.with_panel(each.id(number))
    return board.build()


def to(other):
    """A link in the head of a dashboard; it keeps data source, account, look-back and time."""
    link = dashboard.DashboardLink(LINKS[other]).type(model.DashboardLinkType.LINK).keep_time(True)
    return link.url(f"/d/{UIDS[other]}?${{datasource:queryparam}}&${{account:queryparam}}&${{lookback:queryparam}}")
