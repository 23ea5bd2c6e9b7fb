"""The demo shop under test: one at a time, since its ports are fixed. Standard library only."""
import contextlib
import fcntl
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))

import daytwo  # noqa: E402


class Shop(daytwo.Server):
    """`daytwo demo` with a copy of examples/, that a test may edit before the start."""

    def __init__(self, folder):
        super().__init__(folder)
        self.examples = self.folder / "examples"
        shutil.copytree(ROOT / "examples", self.examples)

    def start(self, ready_within_s=180):
        command = [daytwo.BINARY, "demo", f"--storage.path={self.storage}",
                   f"--config.file={self.examples / 'demo.yml'}",
                   f"--web.listen-address=127.0.0.1:{self.port}"]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        daytwo.wait_for("/-/ready", self.ready, ready_within_s, every=0.1)
        return self

    def ask(self, *words):
        """Types one command at the demo and shows its answer; (exit code, answer)."""
        done = self.cli(*words)
        print("  $ daytwo " + " ".join(words), flush=True)
        for line in (done.stdout + done.stderr).rstrip().splitlines():
            print("    " + line, flush=True)
        return done.returncode, done.stdout


@contextlib.contextmanager
def shop(edit=None):
    """A running shop, and none of its processes afterwards."""
    with open(os.path.join(tempfile.gettempdir(), f"daytwo-shop-{os.getuid()}.lock"), "w",
              encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = tempfile.mkdtemp(prefix="daytwo-panel-")
        one = Shop(folder)
        try:
            if edit is not None:
                edit(one.examples)
            one.start()
            yield one
            # Ctrl-C takes the shop along.
            one.process.send_signal(signal.SIGINT)
            daytwo.equal(one.process.wait(timeout=30), 0, "exit code of the demo")
            daytwo.equal(left_behind(one.storage), [], "processes left behind")
        except BaseException:
            if one.log.exists():
                print("--- end of the demo's log\n" + one.tail(), flush=True)
            raise
        finally:
            if one.process is not None and one.process.poll() is None:
                one.kill()
            shutil.rmtree(folder, ignore_errors=True)


def left_behind(storage):
    """Processes that still write to the shop's logs."""
    out = []
    for entry in pathlib.Path("/proc").glob("[0-9]*/fd/1"):
        with contextlib.suppress(OSError):
            if os.readlink(entry).startswith(f"{storage}/shop-"):
                out.append(entry.parts[2])
    return out
