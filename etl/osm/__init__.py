"""A place's roads, resources, repair shops, villages and rivers out of one file of OpenStreetMap."""
