#!/usr/bin/env python3
"""Data without rights: every verb that works on a folder says which path and why, changes nothing,
and works again when the rights are back. As root the script gives up root's right to read all."""
import os
import pathlib
import shutil
import subprocess
import tempfile

import daytwo
from daytwo import check, equal, holds

GOOD, FAILED = 0, 1
OVERRIDES = "-dac_override,-dac_read_search"


def prefix():
    """Runs what follows with the rights of a file's owner, and no more."""
    if os.geteuid() != 0:
        return ()
    less = ("setpriv", "--bounding-set", OVERRIDES, "--inh-caps", OVERRIDES)
    able = shutil.which("setpriv") and subprocess.run([*less, "true"], check=False).returncode == 0
    if not able:
        daytwo.skip("root that cannot give up its rights: needs setpriv and CAP_SETPCAP")
    return less


def run(*arguments, **options):
    return daytwo.run(*arguments, prefix=prefix(), **options)


def denied(done, path, what):
    """One line, exit code 1, the path and the reason; no trace of a crash."""
    equal(done.returncode, FAILED, f"{what}: {done.stdout}{done.stderr}")
    said = done.stdout + done.stderr
    holds(said, str(path), what)
    holds(said, "Permission denied", what)
    check("Sanitizer" not in said, f"{what}: {said}")


class Without:
    """A path with fewer rights, for a while."""

    def __init__(self, path, mode):
        self.path, self.mode = pathlib.Path(path), mode

    def __enter__(self):
        self.before = self.path.stat().st_mode & 0o7777
        self.path.chmod(self.mode)
        return self.path

    def __exit__(self, *_):
        self.path.chmod(self.before)


def folders_without_rights():
    """verify, backup, restore and serve name what they may not touch."""
    with daytwo.server() as server:
        server.stop()
        data = server.storage
        at = f"--storage.path={data}"
        with tempfile.TemporaryDirectory(prefix="daytwo-e2e-") as name:
            below = pathlib.Path(name)
            with Without(data, 0):
                for verb in (("db", "verify"), ("db", "backup", str(below / "a")),
                             ("serve", "--web.listen-address=127.0.0.1:0")):
                    denied(run(*verb, at), data, f"{verb} without the folder")
                denied(run("db", "restore", str(data), f"--storage.path={below / 'b'}"),
                       data, "restore from a folder without rights")
            for inner in ("ledger.db", "store"):
                with Without(data / inner, 0):
                    denied(run("db", "verify", at), data / inner, f"verify without {inner}")
                    denied(run("db", "backup", str(below / inner), at), data / inner,
                           f"backup without {inner}")
            with Without(below, 0o500):
                denied(run("db", "backup", str(below / "c"), at), below / "c",
                       "backup into a folder without rights")
                denied(run("db", "restore", str(data), f"--storage.path={below / 'd'}"),
                       below / "d", "restore into a folder without rights")
            good = run("db", "backup", str(below / "e"), at)
            equal(good.returncode, GOOD, f"with rights: {good.stdout}{good.stderr}")
            # What $DAYTWO_SERVER names is not asked about a folder that was named.
            named = run("db", "backup", str(below / "f"), at,
                        env={"DAYTWO_SERVER": "http://127.0.0.1:9"})
            equal(named.returncode, GOOD, f"with a folder named: {named.stdout}{named.stderr}")
        equal(run("db", "verify", at).returncode, GOOD, "nothing was changed")


if __name__ == "__main__":
    daytwo.main(folders_without_rights)
