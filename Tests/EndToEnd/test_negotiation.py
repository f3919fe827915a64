"""Which format and encoding a client gets for what it asks."""

import gzip

import pytest

from support.page import OPEN_METRICS, TEXT, Page

PROTOBUF = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"

# The headers of real Prometheus servers, as their sources have them.
PROMETHEUS_2_42 = ("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                   "text/plain;version=0.0.4;q=0.5,*/*;q=0.1")
PROMETHEUS_2_53 = ("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                   "text/plain;version=0.0.4;q=0.3,*/*;q=0.2")
PROMETHEUS_3_12 = ("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                   "application/openmetrics-text;version=0.0.1;q=0.5,"
                   "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2")
NATIVE_HISTOGRAMS = (f"{PROTOBUF};q=0.7,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                     "text/plain;version=0.0.4;q=0.3,*/*;q=0.2")


@pytest.mark.parametrize("accept, expected", [
    (PROMETHEUS_2_42, OPEN_METRICS),
    (PROMETHEUS_2_53, OPEN_METRICS),
    (PROMETHEUS_3_12, OPEN_METRICS),
    (NATIVE_HISTOGRAMS, OPEN_METRICS),
    (f"{PROTOBUF},text/plain;version=0.0.4;q=0.5", TEXT),
    (PROTOBUF, TEXT),
    ("text/plain", TEXT),
    ("text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=1.0.0;q=0.4", TEXT),
    ("application/openmetrics-text;version=1.0.0;q=0,*/*", TEXT),
    ("text/html,application/xhtml+xml,*/*;q=0.8", TEXT),
    ("*/*", TEXT),
    ("", TEXT),
    (";;q=,,", TEXT),
])
def test_the_format_follows_the_accept_header(exporter, accept, expected):
    response = exporter.get("/metrics", Accept=accept)
    assert (response.status, response.headers["Content-Type"]) == (200, expected)
    assert response.text.endswith("# EOF\n") == (expected == OPEN_METRICS)


@pytest.mark.parametrize("accepted, encoding", [
    ("gzip", "gzip"), ("gzip, deflate, br", "gzip"), ("deflate, gzip;q=0.5", "gzip"), ("*", "gzip"),
    ("identity", None), ("gzip;q=0", None), ("gzip;q=0, *", None), ("br", None), ("", None),
])
def test_the_encoding_follows_accept_encoding(exporter, accepted, encoding):
    response = exporter.get("/metrics", Accept_Encoding=accepted)
    assert response.headers["Content-Encoding"] == encoding
    # The length of a page of several chunks is not known before its end.
    assert response.headers["Content-Length"] in (None, str(len(response.body)))
    body = gzip.decompress(response.body) if encoding else response.body
    assert body.startswith(b"# HELP ")
    assert set(response.headers["Vary"].split(", ")) == {"Accept", "Accept-Encoding"}


def test_gzip_changes_nothing_of_the_page(simulator, exporter):
    exporter.wait_until_observed(*simulator.addons)
    packed = exporter.get("/metrics", Accept_Encoding="gzip", Accept=PROMETHEUS_2_42)
    plain = exporter.get("/metrics", Accept=PROMETHEUS_2_42)
    unpacked = Page(gzip.decompress(packed.body).decode(), OPEN_METRICS)
    assert unpacked.samples.keys() == Page(plain.text, OPEN_METRICS).samples.keys()
    assert len(packed.body) < len(plain.body) / 4
