"""Grafana's names of colours, in its dark theme."""

NAMED = {"green": "#73bf69", "red": "#f2495c", "orange": "#ff9830", "blue": "#5794f2"}
TEXT, INK = "#ccccdc", "#111217"
PALETTE = ("#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#b877d9", "#5794f2", "#ffa6b0", "#37872d", "#fade2a", "#8f3bb8")


def paint(color):
    return TEXT if color in (None, "text") else NAMED.get(color, color)
