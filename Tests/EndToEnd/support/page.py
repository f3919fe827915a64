"""A page of metrics, read by the parsers of the official Python client."""

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_open_metrics
from prometheus_client.parser import text_string_to_metric_families as parse_text

OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"
TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Page:
    """The samples of a page by name and labels. A sample that is there twice is an error."""

    def __init__(self, text, content_type=TEXT):
        parse = parse_open_metrics if content_type == OPEN_METRICS else parse_text
        self.text = text
        self.samples = {}
        for family in parse(text):
            for sample in family.samples:
                key = (sample.name, frozenset(sample.labels.items()))
                assert key not in self.samples, f"twice on the page: {key}"
                self.samples[key] = sample.value

    def value(self, name, **labels):
        """The value of the one sample with exactly these labels, None if there is none."""
        return self.samples.get((name, frozenset(labels.items())))

    def having(self, name, **labels):
        """The values of a name by their other labels, for samples that have at least these labels."""
        wanted = frozenset(labels.items())
        return {key[1] - wanted: value for key, value in self.samples.items()
                if key[0] == name and wanted <= key[1]}

    def of(self, addon, name, **labels):
        """A value of one addon, whatever the account."""
        values = self.having(name, project=addon[0], addon=addon[1], **labels)
        assert len(values) <= 1, values
        return next(iter(values.values()), None)

    def names_of(self, addon):
        """The names of all samples that one addon has."""
        labels = {("project", addon[0]), ("addon", addon[1])}
        return {name for name, all_labels in self.samples if labels <= all_labels}

    @property
    def addons(self):
        """The addons that have any sample."""
        pairs = [dict(labels) for _, labels in self.samples]
        return {(labels["project"], labels["addon"]) for labels in pairs if "addon" in labels}
