#!/usr/bin/env python3
"""A filesystem that fills at a steady rate: a run-out worry with a date, gone when it stops."""
import contextlib
import os
import pathlib
import subprocess
import tempfile
import threading
import time

import daytwo
from daytwo import check, holds, wait_for

SIZE = 512 << 20
RATE = 1 << 20  # bytes a second: full after about eight minutes
STEP_S = 0.5


@contextlib.contextmanager
def small_filesystem():
    """Yields the mount point of an own filesystem of SIZE bytes: ext4 on a loop device, else
    tmpfs."""
    with tempfile.TemporaryDirectory(prefix="daytwo-fill-") as folder:
        image, mount = os.path.join(folder, "image"), os.path.join(folder, "mount")
        os.mkdir(mount)
        with open(image, "wb") as file:
            file.truncate(SIZE)
        attempts = [[["mkfs.ext4", "-q", "-m", "0", image], ["mount", "-o", "loop", image, mount]],
                    [["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "daytwo", mount]]]
        problems = []
        for commands in attempts:
            try:
                for command in commands:
                    subprocess.run(command, check=True, capture_output=True, text=True)
                break
            except FileNotFoundError as error:
                problems.append(str(error))
            except subprocess.CalledProcessError as error:
                problems.append(error.stderr.strip())
        else:
            daytwo.skip("no filesystem can be mounted here: " + "; ".join(problems))
        try:
            yield mount
        finally:
            subprocess.run(["umount", mount], check=True)


class Filler(threading.Thread):
    """Writes RATE bytes a second by the clock, so that a late step is made up for."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.done = path, threading.Event()

    def run(self):
        began, written = time.monotonic(), 0
        with open(self.path, "wb", buffering=0) as file:
            while not self.done.wait(STEP_S):
                due = int((time.monotonic() - began) * RATE) - written
                file.write(b"x" * due)
                os.fsync(file.fileno())
                written += due

    def stop(self):
        self.done.set()
        self.join()


def filling_disk():
    """A steady fill is a run-out worry within 90 s, with an interval around the true date."""
    with small_filesystem() as mount, daytwo.server() as server:
        subject = f"filesystem:{mount}"
        gauge = f'node_filesystem_avail_bytes{{mountpoint="{mount}"}}'
        wait_for("the filesystem is seen", lambda: server.query(gauge), 60)
        check(server.worry("runout", subject) is None, "a worry before anything was written")
        filler = Filler(pathlib.Path(mount, "growing"))
        began = time.time()
        filler.start()
        try:
            row = server.wait_worry("runout", subject)
            page = server.page(f"worries/{row['id']}")
            date_is_right(page, mount, server)
            check(time.time() - began < daytwo.NOTICED_WITHIN_S + 10, "in time")
        finally:
            filler.stop()
        closes_or_says_why(server, subject)


def date_is_right(page, mount, server):
    """Of the interval in days: it must hold the true time to full, twice as wide."""
    facts = os.statvfs(mount)
    truth = facts.f_bavail * facts.f_frsize / RATE / 86400
    amounts = {one["name"]: one["amount"] for entry in page["thread"] for one in entry["amounts"]}
    holds(amounts, "days_to_runout", "amounts of the thread")
    days = amounts["days_to_runout"]
    check(days["p05"] < days["p95"], f"an interval: {days}")
    check(days["p05"] / 2 < truth < days["p95"] * 2,
          f"full in {truth * 1440:.1f} min, said {days['p05'] * 1440:.1f} to "
          f"{days['p95'] * 1440:.1f} min")
    check(any(one["query"] for one in page["evidence"]), f"evidence: {page['evidence']}")
    listed = [one for one in server.page("host")["filesystems"] if one["mount"] == mount]
    check(listed and listed[0]["date"], f"the host page gives the date: {listed}")


def closes_or_says_why(server, subject):
    print("  the fill ends", flush=True)
    server.wait_worry("runout", subject, "closed", seconds=180)


if os.geteuid() != 0:
    daytwo.skip("mounting a filesystem needs root")
daytwo.main(filling_disk)
