#!/usr/bin/env python3
"""Our engine against Debian's prometheus 2.42: same samples, same queries, same answers to 1e-5.

Uses the program built from calc.cc, which stands below tests/ beside the binary $DAYTWO.
Exit 0 = all agree, 1 = a difference, 77 = skipped because prometheus is not there.
"""
import json
import math
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import data
import queries
import remote_write

TOLERANCE = 1e-5
# Seven seconds off the minute, so that no subquery step falls on the edge of a window.
INSTANT_MS = data.START_MS + 5_400_000 + 7_000
RANGE_MS = (data.START_MS + 3_600_000 + 7_000, data.START_MS + 7_200_000 + 7_000, 90_000)


def find_prometheus():
    deps = os.environ.get("DAYTWO_DEPS", "build/deps")
    unpacked = os.path.join(deps, "prometheus", "usr", "bin", "prometheus")
    return unpacked if os.path.exists(unpacked) else shutil.which("prometheus")


def find_calc():
    binary = os.environ.get("DAYTWO", "build/debug/daytwo")
    return os.path.join(os.path.dirname(binary), "tests", "promql_calc")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Prometheus:
    """A server in a directory of its own, stopped and removed at the end."""

    def __init__(self, binary):
        self.folder = tempfile.mkdtemp(prefix="oracle-")
        self.base = f"http://127.0.0.1:{free_port()}"
        config = os.path.join(self.folder, "prometheus.yml")
        with open(config, "w", encoding="utf-8") as file:
            file.write("global: {}\n")
        self.process = subprocess.Popen(
            [binary, f"--config.file={config}", f"--storage.tsdb.path={self.folder}/data",
             f"--web.listen-address={self.base[7:]}", "--web.enable-remote-write-receiver",
             "--storage.tsdb.retention.time=100y", "--log.level=error"])

    def __enter__(self):
        for _ in range(300):
            try:
                with urllib.request.urlopen(self.base + "/-/ready", timeout=1):
                    return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("prometheus did not become ready in 30 s")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder)

    def load(self, series):
        """In slices of time, since the server takes samples in order only."""
        for start in range(0, data.STEPS, 60):
            first = data.START_MS + start * data.STEP_MS
            last = first + 60 * data.STEP_MS
            batch = [(labels, [s for s in samples if first <= s[0] < last])
                     for labels, samples in series]
            remote_write.send(self.base + "/api/v1/write", [b for b in batch if b[1]])

    def ask(self, path, **parameters):
        body = urllib.parse.urlencode(parameters).encode()
        try:
            with urllib.request.urlopen(self.base + path, data=body, timeout=60) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            return {"error": json.load(error)["error"]}

    def instant(self, query):
        return normal(self.ask("/api/v1/query", query=query, time=INSTANT_MS / 1000))

    def range(self, query):
        start, end, step = RANGE_MS
        return normal(self.ask("/api/v1/query_range", query=query, start=start / 1000,
                               end=end / 1000, step=step / 1000))


def milliseconds(seconds):
    return round(float(seconds) * 1000)


def normal(answer):
    """Prometheus's JSON in the shape that calc prints."""
    if "error" in answer:
        return answer
    kind, result = answer["resultType"], answer["result"]
    if kind == "scalar":
        return {"scalar": [milliseconds(result[0]), result[1]]}
    if kind == "string":
        return {"string": result[1]}
    rows = []
    for row in result:
        samples = row["values"] if "values" in row else [row["value"]]
        rows.append([row["metric"], [[milliseconds(at), value] for at, value in samples]])
    return {"series": rows}


def same_number(left, right):
    a, b = float(left), float(right)
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    if a == b:
        return True
    if math.isinf(a) or math.isinf(b):
        return False
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b)) or max(abs(a), abs(b)) < 1e-12


def rows_of(answer):
    return {json.dumps(metric, sort_keys=True): dict(map(tuple, samples))
            for metric, samples in answer["series"]}


def difference(theirs, ours, ordered):
    """What differs between two answers, or None."""
    if ("error" in theirs) != ("error" in ours):
        return f"theirs {short(theirs)}, ours {short(ours)}"
    if "error" in theirs:
        return None
    if theirs.keys() != ours.keys():
        return f"theirs is a {list(theirs)}, ours a {list(ours)}"
    if "string" in theirs:
        return None if theirs == ours else f"theirs {theirs}, ours {ours}"
    if "scalar" in theirs:
        same = same_number(theirs["scalar"][1], ours["scalar"][1])
        return None if same else f"theirs {theirs}, ours {ours}"
    left, right = rows_of(theirs), rows_of(ours)
    if left.keys() != right.keys():
        only = sorted(left.keys() ^ right.keys())[0]
        return f"series {only} is only {'theirs' if only in left else 'ours'}"
    for metric, samples in left.items():
        mine = right[metric]
        if samples.keys() != mine.keys():
            at = sorted(samples.keys() ^ mine.keys())[0]
            return f"{metric} has a value at {at} only in {'theirs' if at in samples else 'ours'}"
        for at, value in samples.items():
            if not same_number(value, mine[at]):
                return f"{metric} at {at}: theirs {value}, ours {mine[at]}"
    if ordered and [r[0] for r in theirs["series"]] != [r[0] for r in ours["series"]]:
        return "the order differs"
    return None


def short(answer):
    return json.dumps(answer)[:160]


def ask_ours(calc, series, all_queries):
    """Answers to each query as instant, then to each as range."""
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        data_path, query_path = os.path.join(folder, "data"), os.path.join(folder, "queries")
        with open(data_path, "w", encoding="utf-8") as file:
            for labels, samples in series:
                values = " ".join(f"{at}:{str(v).replace('+', '')}" for at, v in samples)
                file.write(f"{data.text_of(labels)}\n{values}\n")
        with open(query_path, "w", encoding="utf-8") as file:
            for query in all_queries:
                file.write(f"instant {INSTANT_MS} {query}\n")
            for query in all_queries:
                file.write("range {} {} {} {}\n".format(*RANGE_MS, query))
        done = subprocess.run([calc, data_path, query_path], check=True, capture_output=True,
                              text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    binary = find_prometheus()
    if binary is None:
        print("skipped: prometheus is not there, install the package prometheus")
        return 77
    series = data.series()
    asked = queries.queries()
    ours = ask_ours(find_calc(), series, asked)
    if len(ours) != 2 * len(asked):
        print(f"calc gave {len(ours)} answers to {2 * len(asked)} queries")
        return 1
    wrong = failed = 0
    with Prometheus(binary) as server:
        server.load(series)
        for i, query in enumerate(asked):
            ordered = query.startswith(("sort", "topk", "bottomk")) and " by " not in query
            pairs = [("instant", server.instant(query), ours[i], ordered),
                     ("range", server.range(query), ours[len(asked) + i], False)]
            for kind, theirs, mine, in_order in pairs:
                failed += "error" in theirs
                text = difference(theirs, mine, in_order)
                if text:
                    wrong += 1
                    print(f"{kind}: {query}\n  {text}")
    print(f"{len(queries.TEMPLATES)} templates, {2 * len(asked)} queries ({failed} fail on both "
          f"sides as they should), {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
