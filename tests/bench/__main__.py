"""Writes what Daybook costs into docs/figures.md: python -m tests.bench [--records N] [--database KIND]."""

import argparse
from datetime import UTC, datetime
from time import perf_counter

from tests.bench import ground


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000, choices=(1_000, 10_000, 100_000))
    parser.add_argument("--database", default="sqlite", choices=("sqlite", "postgresql"))
    return parser.parse_args()


def main() -> None:
    """Fill a scratch installation step by step, measure at each size, and write the figures down."""
    wanted = asked()
    with ground.scratch(wanted.database):
        from tests.bench import figures, page, run

        found = figures.Figures(wanted.database)
        began = perf_counter()
        print(f"{wanted.database}, load {figures.load()}", flush=True)
        run.measure(found, [size for size in figures.SIZES if size <= wanted.records])
        made = {
            "on": datetime.now(UTC).date().isoformat(),
            "with": figures.machine(ground.version()),
            "load at the end": figures.load(),
            "minutes": f"{(perf_counter() - began) / 60:.0f}",
        }
        before = page.PAGE.read_text(encoding="utf-8") if page.PAGE.exists() else ""
        page.PAGE.write_text(page.written(found, made, page=before), encoding="utf-8")
        print(f"Written to docs/{page.PAGE.name} after {made['minutes']} minutes, load {made['load at the end']}")


if __name__ == "__main__":
    main()
