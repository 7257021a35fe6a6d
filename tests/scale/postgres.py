"""A PostgreSQL of a lane's own: on loopback, by an unprivileged user, gone at the end."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests.scale.services import HOST, free_port

ADMIN = "lane"
WRITER = "sotinh"
# Who runs the server where the lane is root: initdb refuses root.
UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Postgres:
    """One that runs. password: of ADMIN and of WRITER, who owns the databases that `database` makes.

    settings: of the server, by name.
    """

    bin: Path
    folder: Path
    port: int
    password: str
    settings: Mapping[str, str]

    def url(self, database: str, role: str = WRITER, driver: str = "postgresql") -> str:
        return f"{driver}://{role}:{self.password}@{HOST}:{self.port}/{database}"

    def database(self, name: str) -> str:
        """Make a database of WRITER's; its address."""
        self.sql(f"create database {name} owner {WRITER}")
        return self.url(name)

    def sql(self, statement: str, database: str = "postgres", role: str = ADMIN) -> str:
        """What psql prints of one statement, without headings; raises CalledProcessError."""
        words = [self.bin / "psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", HOST]
        words += ["-p", str(self.port), "-U", role, "-d", database, "-c", statement]
        done = subprocess.run(
            [str(word) for word in words],
            env=os.environ | {"PGPASSWORD": self.password},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def start(self) -> None:
        settings = {"listen_addresses": HOST, "unix_socket_directories": "''", **self.settings}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._control("start", "-o", f"-p {self.port} {options}", "-l", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """mode: `immediate` ends every session in the middle of what it does."""
        self._control("stop", "-m", mode)

    def _control(self, *words: str) -> None:
        _as_unprivileged(self.bin / "pg_ctl", "-D", self.folder / "data", "-w", *words)


@contextmanager
def postgres(folder: Path, settings: Mapping[str, str] = MappingProxyType({})) -> Iterator[Postgres]:
    """A PostgreSQL in `folder`, which is made, until the block ends. Installed by debian.sh."""
    binaries = _programs()
    folder.mkdir(parents=True)
    password, file = secrets.token_urlsafe(24), folder / "password"
    file.write_text(f"{password}\n", encoding="ascii")
    if os.geteuid() == 0:
        owner = pwd.getpwnam(_unprivileged())
        for path in (folder, file):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    _as_unprivileged(
        binaries / "initdb", "-D", folder / "data", "-U", ADMIN, f"--pwfile={file}",
        "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
    )  # fmt: skip
    file.unlink()
    made = Postgres(binaries, folder, free_port(), password, settings)
    made.start()
    try:
        made.sql(f"create role {WRITER} login password '{password}'")
        yield made
    finally:
        made.stop("immediate")


def _as_unprivileged(*words: str | Path) -> None:
    """Run a program, as an unprivileged user where the lane is root; raises RuntimeError with its words."""
    command = [str(word) for word in words]
    if os.geteuid() == 0:
        user = _unprivileged()
        command = ["setpriv", f"--reuid={user}", f"--regid={_group(user)}", "--clear-groups", *command]
    # Into a file: a server that is started keeps what it is given open, and a pipe would never end.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/")
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with code {done.returncode}:\n{said.read()}")


def _programs() -> Path:
    """The folder of the newest of Debian's PostgreSQL programs, or of those on the path."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    on_path = shutil.which("initdb")
    assert on_path, "there is no initdb here: apt-get install postgresql"
    return Path(on_path).resolve().parent


def _unprivileged() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in names)


def _group(user: str) -> str:
    return str(pwd.getpwnam(user).pw_gid)
