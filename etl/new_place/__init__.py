"""Begins a place: its outline, what a file of OpenStreetMap knows of it, templates for the rest, and sources.toml."""
