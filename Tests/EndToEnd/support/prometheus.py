"""A real Prometheus that scrapes an exporter."""

import re
from urllib.parse import quote

from support import http
from support.program import Program
from support.waiting import eventually

CONFIGURATION = """\
global: {{scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}}
scrape_configs:
  - job_name: northflank-backup
    static_configs: [{{targets: ["{target}"]}}]
    {job}
{more}
"""


class Prometheus(Program):
    def __init__(self, directory, exporter_url, name="prometheus", job="", more=""):
        """`job` is more of the scrape job, as a line of YAML; `more` is more of the configuration."""
        configuration = directory / f"{name}.yml"
        configuration.write_text(
            CONFIGURATION.format(target=exporter_url.removeprefix("http://"), job=job, more=more))
        super().__init__(
            ["prometheus", f"--config.file={configuration}", f"--storage.tsdb.path={directory / name}-data",
             "--web.listen-address=127.0.0.1:0", "--log.level=debug"], directory, name=name)
        self.url = "http://" + self.wait_for(r'msg="Listening on" address=(\S+)')[1]
        eventually(lambda: self.get("/-/ready").status == 200, what="Prometheus is ready")

    def get(self, path):
        return http.get(self.url + path)

    def query(self, expression):
        """The result of an instant query now, as pairs of labels and value."""
        response = self.get(f"/api/v1/query?query={quote(expression)}")
        assert response.status == 200, response.text
        result = response.json["data"]["result"]
        return [(sample["metric"], float(sample["value"][1])) for sample in result]

    def value(self, expression):
        """The value of the one sample that a query gives, None if it gives none."""
        result = self.query(expression)
        assert len(result) <= 1, result
        return result[0][1] if result else None

    def own_metric(self, name):
        """The value of one of Prometheus's own metrics."""
        return float(re.search(rf"^{name} (\S+)$", self.get("/metrics").text, re.MULTILINE)[1])

    @property
    def target(self):
        (target,) = self.get("/api/v1/targets").json["data"]["activeTargets"]
        return target

    @property
    def complaints(self):
        """The lines of its log that are not as they should be; some about scrapes are of level debug only."""
        bad = re.compile(r"level=(warn|error)|[Ss]crape failed|[Aa]ppend failed|[Dd]uplicate|out of order")
        return [line for line in self.stderr.splitlines() if bad.search(line)]
