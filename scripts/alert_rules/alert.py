"""One alert, before the parameters of a user are applied."""

import dataclasses


@dataclasses.dataclass
class Alert:
    name: str
    severity: str
    wait: str
    scope: str
    expr: str
    summary: str
    description: str
    comment: str = ""
    # Which findings choose the part of the runbook that its link leads to.
    findings: str = ""
