#!/usr/bin/env python3
"""P12: when do we run out?"""
import contextlib
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import time

from shop import shop
from daytwo import check, equal, main, skip, wait_for

COMMAND = ("worry", "list", "--kind", "runout")
SIZE = 512 << 20
RATE = 1 << 20  # bytes a second: full after eight to nine minutes
STEP_S = 0.5


@contextlib.contextmanager
def small_filesystem():
    """Yields the mount point of a tmpfs of SIZE bytes."""
    with tempfile.TemporaryDirectory(prefix="daytwo-panel-fill-") as folder:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "daytwo", folder],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            skip("mounting a filesystem needs root: " + done.stderr.strip())
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=True)


@contextlib.contextmanager
def filling(folder):
    """Writes RATE bytes a second by the clock, so that a late step is made up for."""
    done = threading.Event()

    def fill():
        began, written = time.monotonic(), 0
        with open(pathlib.Path(folder, "growing"), "wb", buffering=0) as file:
            while not done.wait(STEP_S):
                due = int((time.monotonic() - began) * RATE) - written
                file.write(bytes(due))
                written += due

    thread = threading.Thread(target=fill, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def says_when():
    """A filesystem that fills steadily gets a date with an interval, around the true one."""
    with small_filesystem() as folder, shop() as demo:
        gauge = f'node_filesystem_avail_bytes{{mountpoint="{folder}"}}'
        wait_for("the filesystem is seen", lambda: demo.query(gauge), 30)
        with filling(folder):
            row = demo.wait_worry("runout", f"filesystem:{folder}")
            left = os.statvfs(folder)
            truth, asked_at = left.f_bavail * left.f_frsize / RATE, time.time()
            code, answer = demo.ask(*COMMAND)
            equal(code, 0, "exit code")
            when = demo.worry("runout", f"filesystem:{folder}")["when"]
        check(when["p05"] < when["p50"] < when["p95"], f"an interval: {when}")
        said = [when["p05"] / 1000 - asked_at, when["p95"] / 1000 - asked_at]
        # One fill is one case of a nine-in-ten interval: it may miss, but not by half.
        check(said[0] / 2 < truth < said[1] * 2,
              f"full in {truth / 60:.1f} min, said {said[0] / 60:.1f} to {said[1] / 60:.1f} min")
        line = next(line for line in answer.splitlines() if folder in line)
        check(re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? UTC \(.* to .*, 90 %\)", line),
              f"a date with its interval: {line}")
        check(when["sentence"] in line and row["id"] in line, f"the same date: {line}")


if os.geteuid() != 0:
    skip("mounting a filesystem needs root")
main(says_when)
