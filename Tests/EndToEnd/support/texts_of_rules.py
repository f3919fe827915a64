"""How the alerts write numbers."""


def duration(seconds):
    """As Prometheus writes it."""
    days, hours, minutes = seconds // 86_400, seconds // 3600 % 24, seconds // 60 % 60
    words = [f"{days}d"] * (days > 0) + [f"{hours}h"] * (seconds >= 3600) + [f"{minutes}m"] * (seconds >= 60)
    return " ".join([*words, f"{seconds % 60}s"])


def age(seconds):
    """In its two largest units."""
    return " ".join(duration(seconds).split()[:2])


def sentences(*parts):
    return " ".join(part for part in parts if part)
