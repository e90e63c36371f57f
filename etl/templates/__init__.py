"""Workbooks to fill in, for what no map knows: stations, drivers, requests."""
