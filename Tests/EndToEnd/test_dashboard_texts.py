"""The dashboards as a person sees them: short titles, columns that fit, colours that can be read, plain ticks."""

import re

import pytest

from support.dashboard import NAMES, load, panels

# What is left of a screen of 1,440 pixels beside Grafana's menu: pixels for each of the 24 columns of the layout, and
# what the frame of a panel takes from them.
COLUMN_OF_LAYOUT, FRAME = 46, 34
# What Grafana gives to a column that says nothing about its width.
UNSET_WIDTH = 150
# Graphs of times that are below a second, so that ticks are round.
FRACTIONS_OF_A_SECOND = {"API latency (p50, p95, p99)", "Scrape duration"}


def of_type(board, *kinds):
    return [panel for panel in panels(board) if panel["type"] in kinds]


def properties(panel):
    """The properties of each override, by the name of the column or series."""
    return {each["matcher"]["options"]: {entry["id"]: entry.get("value") for entry in each["properties"]}
            for each in panel["fieldConfig"].get("overrides", [])}


@pytest.mark.parametrize("name", NAMES)
def test_titles_and_descriptions_are_short(name):
    for title in [panel["title"] for panel in load(name)["panels"]]:
        assert len(title) <= 40 and "?" not in title.replace("Is this data fresh?", ""), title
    for panel in panels(load(name)):
        sentences = re.findall(r"[.!](?= |$)", panel.get("description", "").replace("e.g.", ""))
        assert len(sentences) <= 2, (panel["title"], panel["description"])


@pytest.mark.parametrize("name", NAMES)
def test_a_title_stands_for_one_panel(name):
    titles = [panel["title"] for panel in load(name)["panels"]]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", NAMES)
def test_all_columns_of_a_table_are_seen_with_the_menu_open(name):
    for panel in of_type(load(name), "table"):
        looks = properties(panel)
        hidden = {key for key, value in panel["transformations"][-1]["options"]["excludeByName"].items() if value}
        names = {key: title for key, title in panel["transformations"][-1]["options"]["renameByName"].items()
                 if key not in hidden}
        widths = [looks[title].get("custom.width") or looks[title].get("custom.minWidth") or UNSET_WIDTH
                  for title in names.values()]
        assert sum(widths) <= panel["gridPos"]["w"] * COLUMN_OF_LAYOUT - FRAME, (panel["title"], sum(widths))
        for title in names.values():
            # 6.4 pixels for a letter of the head, and 12 around it.
            width = looks[title].get("custom.width") or UNSET_WIDTH
            assert len(title) * 6.4 + 12 <= width, (panel["title"], title)


@pytest.mark.parametrize("name", NAMES)
def test_text_on_grey_can_be_read_in_the_light_theme(name):
    """Grafana takes dark text on a colour in the light theme only below this alpha."""
    alphas = re.findall(r"rgba\([\d, ]+, ([\d.]+)\)", str(load(name)))
    assert alphas and all(float(alpha) < 0.3 for alpha in alphas)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_cell_is_no_green_bar(name):
    for panel in of_type(load(name), "table"):
        for title, look in properties(panel).items():
            if look.get("custom.cellOptions", {}).get("type") == "gauge" and "mappings" in look:
                first, *others = look["thresholds"]["steps"]
                assert first["color"] == "transparent" and others[0]["value"] == 0, (panel["title"], title)
                assert look["mappings"][0]["options"]["-1"]["text"] == "–", (panel["title"], title)


@pytest.mark.parametrize("name", NAMES)
def test_ticks_are_round(name):
    for panel in of_type(load(name), "timeseries"):
        unit = panel["fieldConfig"]["defaults"]["unit"]
        assert unit != "s" or panel["title"] in FRACTIONS_OF_A_SECOND, panel["title"]


@pytest.mark.parametrize("name", NAMES)
def test_marks_are_off_until_they_are_wanted(name):
    assert [each["enable"] for each in load(name)["annotations"].get("list", [])] == [False] * (name != "exporter")


@pytest.mark.parametrize("name", NAMES)
def test_names_of_tiles_have_a_size(name):
    """Grafana makes them all as tiny as the longest one needs."""
    for panel in of_type(load(name), "stat"):
        size = panel["options"]["text"]["titleSize"]
        tiles, width = len(panel["targets"]), panel["gridPos"]["w"] * COLUMN_OF_LAYOUT - FRAME
        longest = max(len(target["legendFormat"]) for target in panel["targets"])
        assert size >= 12, panel["title"]
        # A letter is half as wide as it is high.
        assert longest * size * 0.55 <= width / tiles, (panel["title"], longest)
