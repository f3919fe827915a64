"""Draws what the dashboards' queries return; scripts/dashboard-pictures runs it."""
