"""Makes the small filled installation of a version, for later ones to carry over: python -m tests.upgrade.make 0.1."""

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def fill() -> None:
    """Play the story in which every act is done once, in the installation named by DAYBOOK_VAR."""
    import django

    django.setup()
    from django.db import connections

    from tests.conftest import NOW, whole_cast
    from tests.story import play

    play(whole_cast(), at=NOW)
    for connection in connections.all():
        connection.close()


def make(name: str) -> Path:
    """Fill a new installation and pack its folder."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = os.environ | {"DAYBOOK_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        for command in (["-m", "config.prepare"], ["-m", "tests.upgrade.make", "--fill"]):
            subprocess.run([sys.executable, *command], check=True, env=surroundings)
        packed = HERE / f"{name}.tar.xz"
        with tarfile.open(packed, "w:xz") as out:
            for path in sorted(Path(folder).iterdir()):
                if path.name not in {"static", "secret.key"} and not path.name.endswith("-queue"):
                    out.add(path, arcname=path.name)
    return packed


if __name__ == "__main__":
    fill() if sys.argv[1] == "--fill" else make(sys.argv[1])
