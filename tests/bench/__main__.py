"""Prints what Daybook costs, beside what other programs cost: python -m tests.bench [--records N] [--database KIND]."""

import argparse
from time import perf_counter

from tests.bench import ground


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000, choices=(1_000, 10_000, 100_000))
    parser.add_argument("--database", default="sqlite", choices=("sqlite", "postgresql"))
    return parser.parse_args()


def main() -> None:
    """Fill a scratch installation step by step, measure at each size, and print the tables."""
    wanted = asked()
    with ground.scratch(wanted.database):
        from tests.bench import figures, run

        found = figures.Figures(wanted.database)
        began = perf_counter()
        print(f"{wanted.database}, {figures.machine()}", flush=True)
        run.measure(found, [size for size in figures.SIZES if size <= wanted.records])
        print(f"\n{found.tables()}\n\n{perf_counter() - began:.0f} s; {figures.machine()}")


if __name__ == "__main__":
    main()
