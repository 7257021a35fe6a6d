"""A PostgreSQL of the lane's own: a private cluster on loopback, by an unprivileged user, gone at the end."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ADMIN = "lane"
WRITER = "sotinh"
# Who runs the server where the lane is root: initdb refuses root.
UNPRIVILEGED = ("postgres", "nobody")
INSTALL = "apt-get install --yes --no-install-recommends postgresql"


class NoPostgresError(RuntimeError):
    """PostgreSQL is not on this machine, and what to do."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One that runs. password: of ADMIN and of WRITER, who owns the databases that `database` makes."""

    bin: Path
    folder: Path
    port: int
    password: str

    def url(self, database: str, role: str = WRITER) -> str:
        return f"postgresql://{role}:{self.password}@127.0.0.1:{self.port}/{database}"

    def database(self, name: str) -> str:
        """Make a database of WRITER's; its address."""
        self.sql(f"create database {name} owner {WRITER}")
        return self.url(name)

    def sql(self, statement: str, database: str = "postgres", role: str = ADMIN) -> str:
        """What psql prints of one statement, without headings; raises CalledProcessError."""
        words = [self.bin / "psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"]
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
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._control("start", "-o", options, "-l", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """mode: `immediate` ends every session in the middle of what it does."""
        self._control("stop", "-m", mode)

    def _control(self, *words: str) -> None:
        as_unprivileged(self.bin / "pg_ctl", "-D", self.folder / "data", "-w", *words)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A running cluster below `folder` until the block ends; raises NoPostgresError."""
    binaries = found_or_installed()
    folder.mkdir(parents=True)
    password, file = secrets.token_urlsafe(24), folder / "password"
    file.write_text(f"{password}\n", encoding="ascii")
    if os.geteuid() == 0:
        owner = pwd.getpwnam(_unprivileged())
        for path in (folder, file):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    as_unprivileged(
        binaries / "initdb", "-D", folder / "data", "-U", ADMIN, f"--pwfile={file}",
        "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
    )  # fmt: skip
    file.unlink()
    made = Cluster(binaries, folder, _free_port(), password)
    made.start()
    try:
        made.sql(f"create role {WRITER} login password '{password}'")
        yield made
    finally:
        made.stop("immediate")


def found_or_installed() -> Path:
    """The folder of PostgreSQL's programs; installed from Debian where that is possible."""
    found = _found()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "--quiet"], check=False)
        subprocess.run(INSTALL.split(), check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
        found = _found()
    if found is None:
        raise NoPostgresError(f"There is no PostgreSQL here: run `{INSTALL}` as root, then this again.")
    return found


def as_unprivileged(*words: str | Path) -> None:
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


def _found() -> Path | None:
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3].zfill(4)
    )
    if versions:
        return versions[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _unprivileged() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in names)


def _group(user: str) -> str:
    return str(pwd.getpwnam(user).pw_gid)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
