#!/usr/bin/env python3
"""A real Debian prometheus attached with --prometheus answers queries; daytwo's own stay its
own."""
import json
import pathlib
import subprocess
import sys
import tempfile

import daytwo
from daytwo import check, equal, holds, request, wait_for

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
import promql_oracle as oracle  # noqa: E402  (found by the line above)


class Team:
    """The team's server: it scrapes itself each second, and a target that is not there."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, pathlib.Path(folder)
        self.port = daytwo.free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        (self.folder / "prometheus.yml").write_text(
            "global: {scrape_interval: 1s}\n"
            "scrape_configs:\n"
            f"  - {{job_name: self, static_configs: [{{targets: ['127.0.0.1:{self.port}']}}]}}\n"
            "  - {job_name: gone, static_configs: [{targets: ['127.0.0.1:1']}]}\n",
            encoding="utf-8")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, f"--config.file={self.folder}/prometheus.yml",
             f"--storage.tsdb.path={self.folder}/data",
             f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=error"])
        wait_for("a scrape of the team's server", self.scraped, 30)

    def scraped(self):
        try:
            reply = request(f"{self.base}/api/v1/query?query=sum(up)%3E0", timeout=2)
            return reply.status == 200 and reply.json()["data"]["result"]
        except (OSError, json.JSONDecodeError):
            return False

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None


def same_answers(server, team):
    """What the team's server answers to its queries comes back unchanged, errors too."""
    at = wait_for("a sample", lambda: server.query("max(timestamp(up))"), 10)[0]["value"][1]
    for query in ("up", "sum by (job) (up)", "rate(prometheus_http_requests_total[5s])",
                  "histogram_quantile(0.9, prometheus_http_request_duration_seconds_bucket)",
                  "sum((", "vector(1) and on () up", "{__name__=~'daytwo_.+'}"):
        for path, times in (("query", {"time": at}),
                            ("query_range", {"start": float(at) - 5, "end": at, "step": 1})):
            ours = server.get(f"/api/v1/{path}", query=query, **times)
            theirs = request(f"{team.base}/api/v1/{path}?"
                             + daytwo.urllib.parse.urlencode({"query": query, **times}))
            equal(ours.status, theirs.status, query)
            # The order of a vector's elements is free; everything else is not.
            equal(normal(ours.text), normal(theirs.text), query)
            equal(ours.headers.get("X-Daytwo-Source"), "remote", query)


def normal(text):
    answer = json.loads(text)
    result = answer.get("data", {}).get("result")
    if isinstance(result, list):
        answer["data"]["result"] = sorted(result, key=str)
    return answer


def own_metrics(server):
    """daytwo's own metrics are answered from its own store, joined with the team's where asked."""
    own = wait_for("daytwo_remote_up in the own store",
                   lambda: server.query("daytwo_remote_up"), 60)
    equal(own[0]["value"][1], "1", "daytwo_remote_up")
    reply = server.get("/api/v1/query", query="daytwo_remote_up")
    equal(reply.headers.get("X-Daytwo-Source"), None, "who answered")
    joined = server.query("sum(up{job='self'}) + sum(daytwo_remote_up)")
    equal(joined[0]["value"][1], "2", "the team's metric and daytwo's own")
    gone = server.query("count_over_time(up{job='gone'}[1m]) > 0 and on () daytwo_remote_up")
    equal(gone[0]["metric"]["job"], "gone", "raw samples of the team's server")


def lists(server):
    """Names, values, series and metadata are the team's and daytwo's own, not the rest."""
    names = server.get("/api/v1/label/__name__/values").json()["data"]
    for name in ("up", "prometheus_build_info", "daytwo_remote_up"):
        check(name in names, f"{name} is not listed")
    check(not [n for n in names if n.startswith("node_")], "the rest of the own store is listed")
    check("job" in server.get("/api/v1/labels").json()["data"], "no label job")
    rows = server.get("/api/v1/series", **{"match[]": "up"}).json()["data"]
    equal(sorted(row["job"] for row in rows), ["gone", "self"], "series of up")
    check("go_goroutines" in server.get("/api/v1/metadata").json()["data"], "no metadata")


def away_and_back(server, team):
    """While the team's server is away, its queries say so and daytwo's own go on."""
    team.stop()
    reply = server.get("/api/v1/query", query="up")
    equal(reply.status, 503, reply.text)
    holds(reply.text, team.base, "the error names the server")
    check(server.query("daytwo_build_info"), "the own store does not answer")
    metrics = request(server.base + "/metrics").text
    holds(metrics, "daytwo_remote_up 0", "/metrics")
    team.start()
    wait_for("the queries are answered again",
             lambda: server.get("/api/v1/query", query="up").status == 200, 30)


def wrong_url():
    """A URL that is none is refused at once, with its option."""
    with daytwo.server("--prometheus=prometheus:9090", start=False) as server:
        done = daytwo.run("serve", f"--storage.path={server.storage}",
                          f"--web.listen-address=127.0.0.1:{server.port}",
                          "--prometheus=prometheus:9090")
        check(done.returncode in (1, 2), f"exit code {done.returncode}")
        holds(done.stderr + done.stdout, "--prometheus", "the message")


def main():
    binary = oracle.find_prometheus()
    if binary is None:
        daytwo.skip("prometheus is not installed")
    with tempfile.TemporaryDirectory(prefix="daytwo-e2e-") as folder:
        team = Team(binary, folder)
        try:
            team.start()
            with daytwo.server(f"--prometheus={team.base}") as server:
                for step, arguments in ((same_answers, (server, team)), (own_metrics, (server,)),
                                        (lists, (server,)), (away_and_back, (server, team))):
                    print(step.__doc__, flush=True)
                    step(*arguments)
        finally:
            team.stop()
    daytwo.main(wrong_url)


main()
