"""How fast kemkoll is and how much memory it takes, as ratios measured in one run: `make bench`."""
