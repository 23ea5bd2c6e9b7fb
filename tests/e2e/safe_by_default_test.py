#!/usr/bin/env python3
"""Safe by default, and clear when refused: each mistake has its sentence and its exit code."""
import contextlib
import os
import pathlib
import socket
import subprocess
import tempfile

import daytwo
from daytwo import check, equal, holds

FAILED, USAGE = 1, 2


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="daytwo-e2e-") as path:
        yield pathlib.Path(path)


def refused(arguments, code, *parts, prefix=()):
    """`daytwo ARGUMENTS` ends by itself with `code`, and its last words hold `parts`."""
    try:
        done = daytwo.run(*map(str, arguments), prefix=prefix)
    except subprocess.TimeoutExpired as error:
        raise AssertionError(f"{arguments} was not refused: it runs") from error
    check(done.returncode == code,
          f"{arguments}: exit code {done.returncode}, want {code}\n{done.stderr}")
    check("Sanitizer" not in done.stderr and "Traceback" not in done.stderr, done.stderr)
    for part in parts:
        holds(done.stderr, str(part), f"{arguments}")
    return done.stderr


def serve(path, *flags, port=None):
    return ["serve", f"--storage.path={path}/data",
            f"--web.listen-address=127.0.0.1:{port or daytwo.free_port()}", *flags]


def beyond_loopback():
    """Any bind beyond loopback needs --web.config.file, or there is no server."""
    with folder() as path:
        for address in ("0.0.0.0", "[::]", "", socket.gethostname()):
            where = f"{address}:{daytwo.free_port('0.0.0.0')}"
            if address == socket.gethostname() and own_address_is_loopback(address):
                continue
            stated = refused(["serve", f"--storage.path={path}/data",
                              f"--web.listen-address={where}"], FAILED)
            if not address or address[0] in "0[":
                holds(stated, "--web.config.file", where)
        mixed = ["--web.listen-address=127.0.0.1:0", "--web.listen-address=0.0.0.0:0"]
        refused(["serve", f"--storage.path={path}/data", *mixed], FAILED, "--web.config.file")


def own_address_is_loopback(name):
    try:
        return socket.gethostbyname(name).startswith("127.")
    except OSError:
        return False


def strangers_get_nothing():
    """Wrong Host and Origin are refused on every kind of route; changes need the token."""
    with daytwo.server("--self.observe=false", "--web.enable-lifecycle") as server:
        reads = ["/", "/worries", "/-/healthy", "/-/ready", "/metrics", "/api/v1/query?query=1",
                 "/api/daytwo/v1/loop", "/api/daytwo/v1/links/x.y", "/no/such/page"]
        for path in reads:
            for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1.evil.example"):
                reply = daytwo.request(server.base + path, headers={"Host": host})
                equal(reply.status, 403, f"GET {path} with Host {host}")
                check(server.token not in reply.text, "a stranger is told the token")
            reply = daytwo.request(server.base + path, headers={"Origin": "http://evil.example"})
            equal(reply.status, 403, f"GET {path} with another Origin")
            reply = daytwo.request(server.base + path, headers={"Origin": "null"})
            equal(reply.status, 403, f"GET {path} with Origin null")
        for host in (f"localhost:{server.port}", f"127.0.0.1:{server.port}"):
            reply = daytwo.request(server.base + "/-/ready", headers={"Host": host})
            equal(reply.status, 200, f"the own name {host}")
        changes = {"/api/daytwo/v1/worries": {"text": "30% a year that payments is down, 2h to 8h"},
                   "/api/daytwo/v1/stakes": {"sentences": ["an incident costs $1k to $2k"]},
                   "/api/daytwo/v1/watch": {"url": "http://127.0.0.1:1/"},
                   "/api/daytwo/v1/pages/test": {}, "/api/daytwo/v1/baseline/learn": {},
                   "/api/daytwo/v1/import/incidents": {}, "/-/reload": {}, "/-/quit": {}}
        for path, body in changes.items():
            equal(server.post(path, body, token=False).status, 401, f"POST {path} without token")
            wrong = server.post(path, body, token=False, Authorization="Bearer " + "0" * 64)
            equal(wrong.status, 401, f"POST {path} with a wrong token")
            elsewhere = server.post(path, body, Origin="https://evil.example")
            equal(elsewhere.status, 403, f"POST {path} from another site, token or not")
        equal(server.page("worries")["worries"], [], "worries after all that")
        equal(oct(os.stat(server.storage / "token").st_mode & 0o777), "0o600", "mode of the token")
        equal(server.post("/api/daytwo/v1/worries", changes["/api/daytwo/v1/worries"]).status, 200,
              "with the token")


def port_in_use():
    """A port in use and a second server on the same data: refused, the first one unharmed."""
    with daytwo.server("--self.observe=false") as server, folder() as path:
        refused(serve(path, port=server.port), FAILED, server.port)
        refused(["serve", f"--storage.path={server.storage}",
                 f"--web.listen-address=127.0.0.1:{daytwo.free_port()}"], FAILED, server.storage)
        refused(["db", "verify", f"--storage.path={server.storage}"], FAILED, server.storage)
        equal(server.get("/-/ready").status, 200, "the first server")


def no_rights():
    """A directory without rights is named, as is a token that others may read."""
    with folder() as path:
        (path / "data").mkdir(mode=0o500)
        prefix = ()
        if os.geteuid() == 0:
            prefix = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
            os.chmod(path, 0o755)
        refused(serve(path), FAILED, path / "data", "ermission", prefix=prefix)
        refused(["db", "verify", f"--storage.path={path}/data"], FAILED, path / "data",
                prefix=prefix)
    with folder() as path:
        (path / "data").mkdir()
        (path / "data" / "token").write_text("0" * 64)
        (path / "data" / "token").chmod(0o644)
        refused(serve(path), FAILED, path / "data" / "token")


def mistakes_in_files():
    """A mistake in a file is shown with file, line and column, and what was meant."""
    cases = [
        ("people:\n  oncall:\n    webhok: 'http://127.0.0.1:1/'\n", "3:5", "webhook"),
        ("global:\n  scrape_intervall: 5s\n", "2:3", "scrape_interval"),
        ("wach:\n- http://127.0.0.1/\n", "1:1", "watch"),
        ("global:\n  scrape_interval: 5 parsecs\n", "2:20", "parsecs"),
        ("watch:\n- url: [\n", "3:1", ""),
        ("stakes:\n- an hour of shop down costs $20k to $2k\n", "2:", ""),
        ("stakes:\n- an hour of shop down costs $2k to 20k EUR\n", "2:", ""),
        ("watch: ['gopher://x']\n", "1:", "https://"),
    ]
    with folder() as path:
        file = path / "daytwo.yml"
        for text, place, part in cases:
            file.write_text(text)
            stated = refused(["check", "config", file], USAGE, f"{file}:{place}", part)
            if part == "webhook":
                holds(stated, "did you mean", text)
            refused(serve(path, f"--config.file={file}"), USAGE, f"{file}:{place}", part)
        absent = path / "absent.yml"
        refused(serve(path, f"--config.file={absent}"), FAILED, absent)
        refused(["check", "config", absent], FAILED, absent)
        file.write_text("wach: []\npeople:\n  oncall:\n    webhok: 'http://127.0.0.1:1/'\n")
        both = refused(["check", "config", file], USAGE)
        check(f"{file}:1:1" in both and f"{file}:4:5" in both, f"all problems at once: {both}")


def reload_keeps_the_old():
    """A bad file at a reload keeps the one before, and the answer names the line."""
    with daytwo.server("--self.observe=false", "--web.enable-lifecycle",
                       config="notify: {escalate_after: 5m}\n") as server:
        server.config.write_text("notify: {escalate_aftr: 5m}\n")
        reply = server.post("/-/reload")
        check(reply.status in (400, 422, 500), f"reload answered {reply.status}")
        problem = reply.json()["error"]["diagnostics"][0]
        equal([problem["line"], problem["column"], problem["suggestion"]],
              [1, 10, "escalate_after"], "where the mistake is, and what was meant")
        gauge = "daytwo_config_last_reload_successful"
        holds(server.get("/metrics").text, f"{gauge} 0", "after a bad reload")
        server.config.write_text("notify: {escalate_after: 6m}\n")
        equal(server.post("/-/reload").status, 200, "reload of a good file")
        holds(server.get("/metrics").text, f"{gauge} 1", "after a good reload")


def advisories_and_imports():
    """Unreadable advisories are named and said on the Loop; a broken CSV line imports nothing."""
    with folder() as path:
        bad = path / "osv.json"
        bad.write_text('{"id": "OSV-1", "affected": [')
        config = path / "daytwo.yml"
        config.write_text("advisories: [osv.json, 'none/*.json']\n")
        done = daytwo.run("check", "config", str(config))
        equal(done.returncode, FAILED, f"check config, as a start reads it: {done.stderr}")
        holds(done.stderr, f"{bad}: no advisory in it: line 1", "the broken file and its line")
        holds(done.stderr, f"{path}/none/*.json", "the pattern that nothing fits")
        with daytwo.server(f"--advisories={bad}") as server:
            source = daytwo.wait_for("the source of exposures", lambda: [
                s for s in server.page("loop")["sources"] if s["id"] == "exposure"], 30)[0]
            check(source["state"] != "working", f"exposures without advisories: {source}")
            holds(source["sentence"], str(bad), "the file on the Loop")
            broken_lines(server, path)


def broken_lines(server, path):
    rows = ["started,ended,service,title", "2026-01-05T10:00:00Z,2026-01-05T12:00:00Z,shop,one",
            "2026-02-30T10:00:00Z,2026-02-03T12:00:00Z,shop,two",
            "2026-03-05T10:00:00Z,2026-03-05T12:00:00Z,shop,three"]
    file = path / "incidents.csv"
    file.write_text("\n".join(rows) + "\n")
    done = server.cli("import", "incidents", str(file))
    check(done.returncode == USAGE, f"a broken line: {done.returncode} {done.stderr}")
    holds(done.stderr, f"{file}:3", "file and line")
    file.write_text("\n".join([rows[0], rows[1], rows[3]]) + "\n")
    done = server.cli("import", "incidents", str(file))
    equal(done.returncode, 0, f"the file without the line: {done.stderr}")
    holds(done.stdout + done.stderr, "2 new", "nothing of the broken file was kept")
    again = server.cli("import", "incidents", str(file))
    holds(again.stdout + again.stderr, "2 known already", "the same file twice")
    equal(server.cli("import", "incidents", str(path / "none.csv")).returncode, FAILED, "no file")
    equal(server.cli("import", "incidnts", str(file)).returncode, USAGE, "no such kind")


daytwo.main(beyond_loopback, strangers_get_nothing, port_in_use, no_rights, mistakes_in_files,
            reload_keeps_the_old, advisories_and_imports)
