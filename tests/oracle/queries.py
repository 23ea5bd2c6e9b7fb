"""Query templates of the oracle test.

`{name}` parts are replaced by every value listed in PARTS; each result is asked as an instant and
as a range query. Left out, since Prometheus 2.42 answers otherwise by design: native histograms,
experimental functions, names that are dropped later, `.` against newlines, warnings. It keeps names
through atan2, gives the spread of one infinite value as 0, and closes inner subqueries on the left.
"""
import itertools
import re

PARTS = {
    "arith": ["+", "-", "*", "/", "%", "^"],
    "compare": ["==", "!=", "<", ">", "<=", ">="],
    "plain": ["sum", "avg", "min", "max", "count", "group"],
    "set": ["and", "or", "unless"],
    "agg": ["sum", "avg", "min", "max", "count", "stddev", "stdvar", "group"],
    "over": ["sum", "avg", "min", "max", "count", "stddev", "stdvar", "last", "present"],
    "math": ["abs", "ceil", "floor", "exp", "sqrt", "ln", "log2", "log10", "sgn", "round", "deg",
             "rad", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan", "asinh",
             "acosh", "atanh"],
    "date": ["day_of_week", "day_of_month", "day_of_year", "days_in_month", "hour", "minute",
             "month", "year"],
    "rate": ["rate", "increase", "irate"],
    "change": ["delta", "idelta", "deriv", "changes", "resets"],
    "range": ["1m", "5m", "20m"],
    "q": ["-0.5", "0", "0.25", "0.5", "0.99", "1", "1.5", "NaN"],
    "k": ["0", "1", "2", "5", "100"],
    "group": ["", "by (instance)", "by (path, none)", "without (path, code)", "without ()"],
}

TEMPLATES = [
    # Literals, scalars, strings.
    "42", "-1.5e3", "0x1f", "1 + 2 * 3 ^ 2 ^ 0.5", "-2 ^ 2", "NaN", "Inf", '"a string"', "time()",
    "pi() * 2", "1 {arith} 3", "7 {compare} bool 7", "scalar(demo_flat)", "scalar(demo_cpus)",
    "vector(time())", "scalar(vector(3)) + time()", "-demo_temperature", "+demo_cpus",
    "1 / 0 - -Inf", "2 atan2 3", "5 % -3",
    # Selectors, offset, @.
    "demo_cpus", "demo_memory_bytes{type='used'}", "demo_memory_bytes{type!='used'}",
    "demo_memory_bytes{type=~'us.*|free'}", "demo_memory_bytes{type!~'us.*'}",
    "{__name__=~'demo_c.*s', instance=~'.*-1:.*'}", "demo_cpus{none=''}", "demo_cpus{none!=''}",
    "nonexistent", "demo_sparse", "demo_stale", "demo_odd", "demo_infinite",
    "demo_temperature offset 5m", "demo_temperature offset -5m",
    "demo_temperature @ 1700003607", "demo_temperature @ 1700003607 offset 7m",
    "demo_temperature @ start()", "demo_temperature @ end() offset 2m",
    "rate(demo_requests_total[5m] @ end())", "rate(demo_requests_total[5m] offset 10m)",
    # Operators.
    "demo_memory_bytes {arith} 1000.5", "1e9 {arith} demo_temperature",
    "demo_temperature {compare} 0", "0.5 {compare} demo_temperature",
    "demo_temperature {compare} bool 0.25", "demo_level {compare} 1",
    "demo_memory_bytes{{type='used'}} {arith} on(instance) demo_cpus",
    "demo_memory_bytes {arith} on(instance, job) group_left demo_cpus",
    "demo_cpus {arith} ignoring(type) group_right demo_memory_bytes",
    "demo_temperature {compare} on(instance) demo_level",
    "demo_temperature {compare} bool ignoring(none) demo_level",
    "demo_memory_bytes * on(instance) group_left(version) demo_version_info",
    "demo_version_info * on(instance) group_right(version) demo_temperature",
    "demo_sparse {set} demo_stale", "demo_level > 0 {set} demo_sparse",
    "demo_memory_bytes {set} on(instance) (demo_temperature > 0)",
    "demo_temperature {set} ignoring(instance) demo_flat", "demo_level {set} vector(1)",
    "(demo_memory_bytes atan2 1000.5) * 1", "(1e9 atan2 demo_temperature) * 1",
    "(demo_memory_bytes atan2 on(instance, job) group_left demo_cpus) * 1",
    "demo_memory_bytes / demo_cpus", "demo_requests_total / ignoring(code) demo_cpus",
    "demo_cpus * on(job) demo_cpus", "demo_requests_total and demo_requests_total > 1e5",
    "demo_requests_total - demo_requests_total offset 5m",
    "demo_temperature > 0 < 3", "1 - demo_level / 2 > 0.25 or demo_flat",
    # Aggregations.
    "{agg}(demo_requests_total)", "{agg} {group} (demo_requests_total)", "{agg}(demo_odd)",
    "{agg} by (job) (demo_sparse)", "{agg}(demo_stale)", "{agg}(nonexistent)",
    "{plain}(demo_infinite)", "quantile({q}, demo_requests_total)",
    "quantile by (instance) ({q}, demo_memory_bytes)", "topk({k}, demo_temperature)",
    "bottomk({k}, demo_memory_bytes)", "topk by (instance) (2, demo_requests_total)",
    "topk(2, demo_odd)", "bottomk without (path) (1, demo_requests_total)",
    "count_values('v', demo_level)", "count_values by (instance) ('v', demo_cpus)",
    "topk(scalar(demo_flat) - 5, demo_temperature)",
    # Counters and changes.
    "{rate}(demo_requests_total[{range}])", "{rate}(demo_cpu_seconds_total[{range}])",
    "{change}(demo_temperature[{range}])", "{change}(demo_level[{range}])",
    "{change}(demo_odd[{range}])", "{change}(demo_stale[5m])", "{change}(demo_flat[5m])",
    "resets(demo_requests_total[30m])", "predict_linear(demo_temperature[{range}], 3600)",
    "predict_linear(demo_memory_bytes[20m], -100)", "predict_linear(demo_flat[5m], 60)",
    "sum by (mode) (rate(demo_cpu_seconds_total[5m]))",
    "1 - avg by (instance) (rate(demo_cpu_seconds_total{{mode='idle'}}[5m]))",
    # Over time.
    "{over}_over_time(demo_temperature[{range}])", "{over}_over_time(demo_sparse[5m])",
    "{over}_over_time(demo_stale[5m])", "{over}_over_time(demo_odd[5m])",
    "{over}_over_time(demo_infinite[5m])", "quantile_over_time({q}, demo_temperature[10m])",
    "absent(demo_cpus)", "absent(nonexistent{{job='x', job='y', a='b'}})", "absent(demo_sparse)",
    "absent(demo_stale{{instance='host-0:9100'}})", "absent_over_time(demo_sparse[1m])",
    "absent_over_time(nonexistent{{a='b'}}[5m])", "absent(sum(nonexistent))",
    # Subqueries.
    "max_over_time(rate(demo_requests_total[1m])[10m:1m])",
    "{over}_over_time(demo_temperature[10m:30s])", "sum_over_time(demo_level[5m:])",
    "max_over_time((demo_temperature > 0)[10m:1m] offset 5m)",
    "avg_over_time(sum by (instance) (rate(demo_requests_total[2m]))[20m:1m])",
    "deriv(rate(demo_cpu_seconds_total[2m])[10m:1m])",
    "min_over_time(demo_temperature[20m:2m] @ 1700003607)",
    "max_over_time(min_over_time(demo_temperature[3m10s:30s])[10m:1m])",
    # Functions of values.
    "{math}(demo_temperature)", "{math}(demo_odd / 10)", "round(demo_temperature, 0.5)",
    "round(demo_memory_bytes, 1e6)", "clamp(demo_temperature, -1, 1)",
    "clamp(demo_temperature, 1, -1)", "clamp_min(demo_temperature, 0)",
    "clamp_max(demo_temperature, demo_max)", "clamp_max(demo_temperature, time() % 7)",
    "sort(demo_temperature)", "sort_desc(demo_memory_bytes)", "timestamp(demo_temperature)",
    "timestamp(demo_temperature * 1)", "timestamp(demo_sparse)",
    "{date}()", "{date}(demo_batch_last_success)", "{date}(vector(-86401.5))",
    # Labels.
    "label_replace(demo_cpus, 'host', '$1', 'instance', '(.*):.*')",
    "label_replace(demo_cpus, 'host', '${{1}}x', 'instance', 'host-(0):.*')",
    "label_replace(demo_cpus, 'job', '', 'job', '.*')",
    "label_replace(demo_cpus, 'instance', 'same', '', '')",
    "label_replace(demo_cpus, 'a', 'b', 'c', '(')",
    "label_join(demo_cpus, 'both', '-', 'job', 'instance', 'none')",
    "sum by (host) (label_replace(demo_memory_bytes, 'host', '$1', 'instance', '(.*):.*'))",
    # Histograms.
    "histogram_quantile({q}, demo_latency_seconds_bucket)",
    "histogram_quantile({q}, sum by (le) (rate(demo_latency_seconds_bucket[5m])))",
    "histogram_quantile(0.9, sum by (le, job) (demo_latency_seconds_bucket))",
    "histogram_quantile(0.9, demo_latency_seconds_bucket{{le!='+Inf'}})",
    "histogram_quantile(0.5, demo_cpus)",
    # Must fail on both sides.
    "sum(", "demo_cpus[5m", "rate(demo_cpus)", "demo_cpus[5m] + 1", "sum(demo_cpus[5m])", "foo bar",
    "1 > 2", "demo_cpus and 1", "topk(demo_cpus)", "rate(demo_cpus[5m], 2)", "nofunction(1)",
    "{{}}", "demo_cpus offset 5m offset 5m", "(demo_cpus + 1)[5m]", "1 + bool 2", "'open",
    "demo_cpus{{job=~'('}}", "sum by (x) on (y) (demo_cpus)", "abs('x')", "demo_cpus @ start",
    "rate(demo_cpus[0s])", "demo_cpus and on(job) group_left demo_flat",
]


def expand(template):
    """Every query a template stands for."""
    names = list(dict.fromkeys(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", template)))
    names = [name for name in names if name in PARTS]
    if not names:
        # Without parts only the doubled braces of the other templates need undoing.
        return [template.replace("{{", "{").replace("}}", "}")]
    out = []
    for values in itertools.product(*(PARTS[name] for name in names)):
        query = template.replace("{{", "\0").replace("}}", "\1")
        for name, value in zip(names, values):
            query = query.replace("{" + name + "}", value)
        out.append(query.replace("\0", "{").replace("\1", "}"))
    return out


def queries():
    out = []
    for template in TEMPLATES:
        out.extend(expand(template))
    return out
