"""Corridors 货运通道: one road number in one direction as a line, its stations, gaps, spacing and hours."""
