"""The alert rules for Prometheus: one source, with everything that differs between users as a parameter."""
