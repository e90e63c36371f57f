"""Makes the example place: `python -m data.sample`."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.sample.make import make_sample
from data.sample.scale import SCALES


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m data.sample", description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="county")
    parser.add_argument("--out", type=Path, help="folder to write into (county: data/sample)")
    parser.add_argument("--pings", type=int, help="about how many positions to make")
    chosen = parser.parse_args()
    if chosen.out is None and (chosen.scale != "county" or chosen.pings):
        parser.error("name a folder with --out: data/sample holds the county as it is committed")
    make_sample(SCALES[chosen.scale], chosen.out or Path(__file__).parent, chosen.pings)


if __name__ == "__main__":
    main()
