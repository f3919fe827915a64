"""Reads the pages that inputs give, as promtool and the strict OpenMetrics parser of Prometheus's client library do."""

import os
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from prometheus_client.openmetrics.parser import text_string_to_metric_families


def page(fuzzers, file, form):
    return subprocess.run([fuzzers, "samples", "--page", form, file], check=True, capture_output=True).stdout


def read(fuzzers, file):
    """Reads both pages of an input, and returns the one in the text format; empty if the input is no list."""
    text = page(fuzzers, file, "text")
    if not text:
        return text
    try:
        samples = [(sample.name, frozenset(sample.labels.items()))
                   for family in text_string_to_metric_families(page(fuzzers, file, "openmetrics").decode())
                   for sample in family.samples]
    except ValueError as error:
        sys.exit(f"{file}: {error}")
    if len(samples) != len(set(samples)):
        sys.exit(f"{file}: a sample is there twice")
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True)
    if checked.returncode:
        sys.exit(f"{file}: {(checked.stdout + checked.stderr).decode()}")
    return text


def main():
    fuzzers, *folders = sys.argv[1:]
    files = sorted(file for folder in folders for file in pathlib.Path(folder).iterdir())
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        pages = [text for text in threads.map(lambda file: read(fuzzers, file), files) if text]
    print(f"{len(pages)} inputs give {len(set(pages))} pages; promtool and the strict parser read all of them")


if __name__ == "__main__":
    main()
