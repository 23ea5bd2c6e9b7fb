#!/usr/bin/env python3
"""P5: Why does it keep hitting its memory cap?"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from shop import shop
from daytwo import check, equal, holds, main, skip, wait_for

LIMIT = 128 << 20
V1, V2 = pathlib.Path("/sys/fs/cgroup/memory"), pathlib.Path("/sys/fs/cgroup")
# A program of a package that keeps so many bytes, so that the group has one that is accounted for.
HOLD = ["/usr/bin/perl", "-e", "my $x = 'x'; $x x= shift; sleep 900", str(LIMIT * 93 // 100)]
SPIN = "/usr/bin/yes"


@contextlib.contextmanager
def limited_group():
    """The folder of a new cgroup with a memory limit, of version 1 or 2."""
    name = f"daytwo-panel-{os.getpid()}"
    old = (V1 / "memory.limit_in_bytes").exists()
    group = (V1 if old else V2) / name
    try:
        group.mkdir()
        (group / ("memory.limit_in_bytes" if old else "memory.max")).write_text(str(LIMIT))
    except OSError as error:
        with contextlib.suppress(OSError):
            group.rmdir()
        skip(f"no cgroup with a memory limit can be made here: {error}")
    try:
        yield group
    finally:
        wait_for("the cgroup is empty", lambda: not (group / "cgroup.procs").read_text(), 10)
        group.rmdir()


@contextlib.contextmanager
def living_in(group, command, niceness=0):
    """A process that begins in the group."""
    def move():
        (group / "cgroup.procs").write_text(str(os.getpid()))
        os.nice(niceness)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=move)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def an_intruder_eats_beside_the_service():
    """A group at its cap with an unowned program at full CPU: perhaps an intruder, paged."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="daytwo-panel-lodger-"))
    lodger = folder / "kdevtmpfsi"
    shutil.copy(SPIN, lodger)
    try:
        with limited_group() as group, shop() as demo, living_in(group, HOLD):
            row = demo.wait_worry("memory_cap", group.name)
            page = demo.page(f"worries/{row['id']}")
            holds(json.dumps(page), "raise the limit by a quarter on one copy", "the experiment")
            # Ahead of what else this machine does.
            with living_in(group, [str(lodger)], -15):
                wait_for("perhaps an intruder", lambda: "may hold an intruder" in (
                    demo.worry("memory_cap", group.name) or {"title": ""})["title"], 420, every=2)
                code, answer = demo.ask("worry", "list", "--kind", "memory_cap")
                equal(code, 0, "exit code of the list")
                holds(answer, f"may hold an intruder: {lodger}", "the list")
                code, answer = demo.ask("worry", "show", row["id"])
                equal(code, 0, "exit code of the worry")
                check(re.search(r"perhaps an intruder, because \S+/kdevtmpfsi \(pid \d+ as root\) "
                                r"uses [\d.]+ processors without a pause; no package owns it",
                                answer), answer)
                holds(answer, "cp /proc/", "the next step")
                wait_for("a page about it", lambda: [
                    one for one in demo.page("pages")["pages"]
                    if "may hold an intruder" in one["title"]], 60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main(an_intruder_eats_beside_the_service)
