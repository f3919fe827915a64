"""Reads the pages that inputs give, as promtool and the strict OpenMetrics parser of Prometheus's client library do."""

import pathlib
import subprocess
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families


def page(fuzzers, file, form):
    return subprocess.run([fuzzers, "samples", "--page", form, file], check=True, capture_output=True).stdout


def main():
    fuzzers, *folders = sys.argv[1:]
    texts, count = set(), 0
    for file in sorted(file for folder in folders for file in pathlib.Path(folder).iterdir()):
        text = page(fuzzers, file, "text")
        if not text:
            continue
        open_metrics = page(fuzzers, file, "openmetrics").decode()
        try:
            samples = [(sample.name, frozenset(sample.labels.items()))
                       for family in text_string_to_metric_families(open_metrics) for sample in family.samples]
            assert len(samples) == len(set(samples)), "a sample is there twice"
        except Exception as error:
            sys.exit(f"{file}: {error}")
        checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True)
        if checked.returncode:
            sys.exit(f"{file}: {(checked.stdout + checked.stderr).decode()}")
        texts.add(text)
        count += 1
    print(f"{count} inputs give {len(texts)} pages; promtool and the strict parser read all of them")


if __name__ == "__main__":
    main()
