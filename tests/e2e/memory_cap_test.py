#!/usr/bin/env python3
"""A process that grows towards the memory limit of its cgroup: a worry before the kernel acts."""
import contextlib
import os
import pathlib
import subprocess
import sys

import daytwo
from daytwo import check, equal, holds, wait_for

LIMIT = 256 << 20
START = 120 << 20
RATE = 1 << 20  # bytes a second: the limit is reached after about two minutes
V1, V2 = pathlib.Path("/sys/fs/cgroup/memory"), pathlib.Path("/sys/fs/cgroup")

GROW = """
import sys, time
start, rate = int(sys.argv[1]), int(sys.argv[2])
sys.stdin.readline()                # the parent has put us into the cgroup
held = [bytearray(b"x") * start]
print("growing", flush=True)
began, grown = time.monotonic(), 0
while True:
    due = int((time.monotonic() - began) * rate) - grown
    held.append(bytearray(b"x") * due)
    grown += due
    time.sleep(0.5)
"""


@contextlib.contextmanager
def limited_group():
    """Yields the folder of a new cgroup with a memory limit, of version 1 or 2."""
    name = f"daytwo-e2e-{os.getpid()}"
    old = (V1 / "memory.limit_in_bytes").exists()
    group = (V1 if old else V2) / name
    try:
        group.mkdir()
        (group / ("memory.limit_in_bytes" if old else "memory.max")).write_text(str(LIMIT))
    except OSError as error:
        with contextlib.suppress(OSError):
            group.rmdir()
        daytwo.skip(f"no cgroup with a memory limit can be made here: {error}")
    try:
        yield group
    finally:
        wait_for("the cgroup is empty", lambda: not (group / "cgroup.procs").read_text(), 10)
        group.rmdir()


@contextlib.contextmanager
def growing(group):
    process = subprocess.Popen([sys.executable, "-c", GROW, str(START), str(RATE)],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        (group / "cgroup.procs").write_text(str(process.pid))
        process.stdin.write("\n")
        process.stdin.flush()
        equal(process.stdout.readline(), "growing\n", "the growing process")
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def memory_cap():
    """Growth towards a limit is a worry within 90 s, with the limit in its evidence."""
    with limited_group() as group, daytwo.server() as server:
        with growing(group) as process:
            series = f'daytwo_cgroup_memory_limit_bytes{{cgroup=~".*{group.name}"}}'
            found = wait_for("the limit is seen", lambda: server.query(series), 60)
            equal(float(found[0]["value"][1]), float(LIMIT), "the limit")
            row = wait_for("a worry about the limit", lambda: (
                server.worry("runout", group.name) or server.worry("memory_cap", group.name)),
                daytwo.NOTICED_WITHIN_S)
            print(f"  {row['kind']}: {row['title']}", flush=True)
            check(process.poll() is None, "the worry came before the end of the process")
            page = server.page(f"worries/{row['id']}")
            check(page["evidence"], "evidence")
            limits = [one for one in server.page("host")["limits"] if group.name in one["cgroup"]]
            equal([one["limit_bytes"] for one in limits], [LIMIT], "the limit on the host page")
            holds(str(page["evidence"]), group.name, "evidence that opens to this limit")


if not os.path.isdir(V2):
    daytwo.skip("there are no cgroups here")
daytwo.main(memory_cap)
