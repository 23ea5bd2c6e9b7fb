#!/usr/bin/env python3
"""A real Debian prometheus scrapes, remote-writes into daytwo, and both answer the same."""
import contextlib
import http.server
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

import daytwo
from daytwo import check, equal, wait_for

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
import promql_oracle as oracle  # noqa: E402  (found by the line above)

SCRAPES = 25
QUERIES = [
    "up", "shop_requests_total", "shop_queue", "shop_requests_total{code='500'}",
    "rate(shop_requests_total[10s])", "irate(shop_requests_total[10s])",
    "increase(shop_requests_total[7s])", "sum by (job) (rate(shop_requests_total[10s]))",
    "sum(rate(shop_requests_total{code='500'}[10s])) / sum(rate(shop_requests_total[10s]))",
    "histogram_quantile(0.9, sum by (le) (rate(shop_seconds_bucket[10s])))",
    "avg_over_time(shop_queue[5s])", "max_over_time(shop_queue[10s])", "delta(shop_queue[9s])",
    "deriv(shop_queue[10s])", "predict_linear(shop_queue[10s], 3600)",
    "quantile_over_time(0.5, shop_queue[10s])", "resets(shop_requests_total[15s])",
    "changes(shop_queue[10s])", "count_over_time(shop_queue[6s])", "absent(nothing)",
    "topk(1, shop_requests_total)", "shop_queue > 4", "shop_queue offset 5s",
    "label_replace(shop_queue, 'where', '$1', 'instance', '(.*):.*')", "timestamp(shop_queue)",
    "max_over_time(rate(shop_requests_total[4s])[8s:1s])", "shop_gone",
    "last_over_time(shop_gone[1m])",
    "count({job='shop'})", "scrape_samples_scraped", "shop_special", "shop_text_info",
    "shop_requests_total * on (instance, job) group_left () shop_queue",
    "stddev by (job) (shop_requests_total)", "vector(1) and on () up", "scalar(shop_queue) + 1",
    "sum((", "rate(shop_queue)",
]


class Shop(http.server.BaseHTTPRequestHandler):
    """Something small to scrape: a counter that resets once, a gauge that moves, a histogram, odd
    values, and a series that goes away."""
    turn = 0

    def do_GET(self):
        Shop.turn += 1
        turn = Shop.turn
        # From 1000 up: near zero, later releases stop the extrapolation of rate() sooner than 2.42.
        good = 1000 + turn * 7 if turn < 14 else (turn - 13) * 5
        lines = ["# TYPE shop_requests_total counter",
                 f'shop_requests_total{{code="200"}} {good}',
                 f'shop_requests_total{{code="500"}} {1000 + turn // 3}',
                 "# TYPE shop_queue gauge", f"shop_queue {(turn * turn) % 11}",
                 "# TYPE shop_seconds histogram",
                 f'shop_seconds_bucket{{le="0.1"}} {turn * 4}',
                 f'shop_seconds_bucket{{le="0.5"}} {turn * 9}',
                 f'shop_seconds_bucket{{le="+Inf"}} {turn * 10}',
                 f"shop_seconds_sum {turn * 1.75}", f"shop_seconds_count {turn * 10}",
                 'shop_special{is="nan"} NaN', 'shop_special{is="inf"} +Inf',
                 'shop_special{is="tiny"} 5e-324',
                 'shop_text_info{path="C:\\\\DIR",say="a\\"b\\nc é"} 1']
        if turn < 10:
            lines.append("shop_gone 1")
        body = ("\n".join(lines) + "\n").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def shop():
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    web.daemon_threads = True
    threading.Thread(target=web.serve_forever, args=(0.1,), daemon=True).start()
    try:
        yield web.server_address[1]
    finally:
        web.shutdown()
        web.server_close()


@contextlib.contextmanager
def prometheus(binary, target, write_to):
    """In server mode: scrapes `target` each second and writes to `write_to`."""
    port = daytwo.free_port()
    with tempfile.TemporaryDirectory(prefix="daytwo-prometheus-") as folder:
        config = os.path.join(folder, "prometheus.yml")
        with open(config, "w", encoding="utf-8") as file:
            file.write("global: {scrape_interval: 1s, scrape_timeout: 1s}\n"
                       "scrape_configs:\n- job_name: shop\n"
                       f"  static_configs: [{{targets: ['127.0.0.1:{target}']}}]\n"
                       f"remote_write:\n- url: {write_to}/api/v1/write\n"
                       "  queue_config: {batch_send_deadline: 500ms}\n")
        with open(os.path.join(folder, "log"), "w+", encoding="utf-8") as log:
            process = subprocess.Popen(
                [binary, f"--config.file={config}", f"--storage.tsdb.path={folder}/data",
                 f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"], stderr=log)
            try:
                yield f"http://127.0.0.1:{port}"
            except BaseException:
                log.seek(0)
                print("--- prometheus's log\n" + log.read()[-2000:], flush=True)
                raise
            finally:
                process.terminate()
                process.wait(timeout=60)


def ask(base, path, **parameters):
    reply = daytwo.request(base + path + "?" + daytwo.urllib.parse.urlencode(parameters))
    answer = reply.json()
    if answer["status"] == "error":
        return {"error": answer["error"], "status": reply.status}
    return oracle.normal(answer["data"])


def same_answers():
    """Samples of a real prometheus arrive by remote write; both answer the same queries alike."""
    binary = oracle.find_prometheus()
    if binary is None:
        daytwo.skip("prometheus is not there, install the package prometheus")
    with daytwo.server("--self.observe=false") as server, shop() as target:
        with prometheus(binary, target, server.base) as theirs:
            wait_for(f"{SCRAPES} scrapes have arrived", lambda: any(
                int(row["value"][1]) >= SCRAPES
                for row in server.query("count_over_time(up[5m])")), 90)
            newest = server.query("timestamp(up)")[0]["value"][1]
            # Half a second off the scrapes: no window's edge meets a sample, where 2.42 closes the
            # left side and we, as later releases, leave it open. Old enough to be in both stores.
            instants = [float(newest) - back + 0.5 for back in (3, 9, 15, 20)]
            compare(server.base, theirs, instants)


def compare(ours, theirs, instants):
    wrong, failed, filled = [], 0, 0
    for query in QUERIES:
        pairs = [("/api/v1/query", {"query": query, "time": f"{at:.3f}"}) for at in instants]
        pairs.append(("/api/v1/query_range", {
            "query": query, "start": f"{instants[-1]:.3f}", "end": f"{instants[0]:.3f}",
            "step": "2"}))
        for path, parameters in pairs:
            left, right = ask(theirs, path, **parameters), ask(ours, path, **parameters)
            failed += "error" in left
            filled += bool(left.get("series") or left.get("scalar"))
            text = oracle.difference(left, right, ordered=False)
            if text is None and left.get("status") != right.get("status"):
                text = f"theirs answers {left.get('status')}, ours {right.get('status')}"
            if text:
                wrong.append(f"{path} {parameters}\n    {text}")
    print(f"  {len(QUERIES) * (len(instants) + 1)} questions, {filled} with values, {failed} fail "
          f"on both sides as they should, {len(wrong)} differ", flush=True)
    check(filled > len(QUERIES) * 3, "most questions have values")
    equal(wrong, [], "differences")


daytwo.main(same_answers)
