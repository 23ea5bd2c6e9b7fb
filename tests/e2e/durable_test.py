#!/usr/bin/env python3
"""What was acknowledged survives kill -9, and a backup brings back what it took."""
import pathlib
import random
import sys
import tempfile
import threading
import time

import daytwo
from daytwo import check, equal, holds

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
import remote_write  # noqa: E402  (found by the line above)

ROUNDS = 12
SEED = 20261122


class Writer(threading.Thread):
    """Writes one sample after the other, and one count after the other, until the server is gone.

    A sample's value is its number, so that a query tells which are there.
    """

    def __init__(self, server, round_number):
        super().__init__(daemon=True)
        self.server, self.labels = server, {"__name__": "acked", "round": str(round_number)}
        self.first_ms = int(time.time() * 1000) - 600_000
        self.samples = self.counts = 0
        self.counts_sent = 0

    def run(self):
        try:
            while True:
                sample = (self.first_ms + self.samples * 100, self.samples)
                remote_write.send(self.server.base + "/api/v1/write", [(self.labels, [sample])])
                self.samples += 1
                self.counts_sent += 1
                reply = self.server.post("/api/daytwo/v1/count/orders.received", token=False)
                if reply.status != 204:
                    raise AssertionError(f"count answered {reply.status}: {reply.text}")
                self.counts += 1
        except OSError:
            pass  # killed, as planned


def survives(server, writer):
    """Each acknowledged sample is there; of the unacknowledged at most the one under way."""
    end = (writer.first_ms + writer.samples * 100) / 1000
    rows = server.query(f'acked{{round="{writer.labels["round"]}"}}[20m]', time=end + 1)
    values = [float(value) for _, value in rows[0]["values"]] if rows else []
    acked = list(map(float, range(writer.samples)))
    check(values in (acked, acked + [float(writer.samples)]),
          f"round {writer.labels['round']}: {writer.samples} acknowledged, {len(values)} there")


def killed_at_random():
    """Remote writes and counts that were acknowledged survive kill -9 at random moments."""
    chance = random.Random(SEED)
    with daytwo.server("--self.observe=false") as server:
        done, least, most = [], 0, 0
        for number in range(ROUNDS):
            writer = Writer(server, number)
            writer.start()
            time.sleep(chance.uniform(0.05, 0.6))  # the random moment, not a wait
            server.kill()
            writer.join()
            done.append(writer)
            least, most = least + writer.counts, most + writer.counts_sent
            server.start()
            survives(server, writer)
            counted = server.query('sum(daytwo_count_total{flow="orders",stage="received"})')
            total = float(counted[0]["value"][1]) if counted else 0.0
            check(least <= total <= most, f"{least} to {most} counts, {total} there")
        for writer in done:
            survives(server, writer)
        samples = sum(writer.samples for writer in done)
        print(f"  {ROUNDS} kills, {samples} samples and {least} counts acknowledged", flush=True)
        check(samples > ROUNDS * 2, "the rounds wrote something")
        server.stop()
        verify_backup_restore(server)


def verify_backup_restore(server):
    clean = daytwo.run("db", "verify", f"--storage.path={server.storage}")
    equal(clean.returncode, 0, f"db verify: {clean.stderr}")
    with tempfile.TemporaryDirectory(prefix="daytwo-e2e-") as folder:
        copy, second = pathlib.Path(folder, "copy"), pathlib.Path(folder, "second")
        saved = daytwo.run("db", "backup", str(copy), f"--storage.path={server.storage}")
        equal(saved.returncode, 0, f"db backup: {saved.stderr}")
        again = daytwo.run("db", "backup", str(copy), f"--storage.path={server.storage}")
        equal(again.returncode, 1, "a second backup into the same folder")
        full = daytwo.run("db", "restore", str(copy), f"--storage.path={server.storage}")
        equal(full.returncode, 1, "db restore over existing data")
        back = daytwo.run("db", "restore", str(copy), f"--storage.path={second}")
        equal(back.returncode, 0, f"db restore: {back.stderr}")
        server.start()
        want = server.query("sum by (round) (count_over_time(acked[30m]))")
        server.stop()
        server.storage = second
        server.start()
        got = server.query("sum by (round) (count_over_time(acked[30m]))")
        equal({r["metric"]["round"]: r["value"][1] for r in got},
              {r["metric"]["round"]: r["value"][1] for r in want}, "samples after restore")
        server.stop()
        damaged(second)


def damaged(storage):
    """A flipped byte is found and its file named."""
    files = [f for f in sorted((storage / "store").rglob("*")) if f.is_file() and
             f.stat().st_size > 200]
    check(files, "the store has files")
    victim = max(files, key=lambda f: f.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 0xFF
    victim.write_bytes(data)
    found = daytwo.run("db", "verify", f"--storage.path={storage}")
    equal(found.returncode, 1, f"db verify of a damaged store: {found.stdout}{found.stderr}")
    holds(found.stdout + found.stderr, victim.name, "the damaged file is named")


daytwo.main(killed_at_random)
