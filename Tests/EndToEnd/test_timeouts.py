"""An API that takes too long."""

import pytest

from support.failing import fail_and_recover


@pytest.mark.parametrize("fault", [{"kind": "noAnswer"}, {"kind": "latency", "seconds": 5}],
                         ids=["never answers", "answers late"])
def test_the_last_good_data_stays(simulator, start_exporter, fault):
    fail_and_recover(simulator, start_exporter, fault, "timeout", timeout="1s")
