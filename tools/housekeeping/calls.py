"""Calls and words that are not ours to use, each with what to use instead."""
import re

# Outside env/os. (pattern, what to use instead, also in tests)
BANNED = [
    (r"\b(?:system|steady|high_resolution)_clock\b", "env::Clock", True),
    (r"(?<![\w.>])(?:std::|::)?time\s*\(\s*(?:nullptr|NULL|0|&)", "env::Clock", True),
    (r"\b(?:gettimeofday|clock_gettime|localtime|localtime_r|mktime|strftime)\s*\(",
     "env::Clock and base/time.h", True),
    (r"(?<![\w.>:])(?:std::|::)?s?rand\s*\(", "a stream of chance, keyed by a seed", True),
    (r"\b(?:random_device|mt19937(?:_64)?|default_random_engine)\b",
     "a stream of chance, or env::Entropy", True),
    (r"\bgetenv\s*\(", "an option that app reads", False),
    (r"\bstd::(?:jthread|thread|async)\b", "env::Threads", False),
    (r"\b(?:sleep_for|usleep|nanosleep)\s*\(|(?<![\w.>])sleep\s*\(",
     "env::Clock::sleep_until", True),
    (r"\b(?:fopen|freopen)\s*\(|\bstd::[io]?fstream\b", "env::Files", False),
    (r"(?<![\w.>])(?:std::|::)?system\s*\(|\b(?:popen|fork|vfork|execv[pe]*|execl[pe]*)\s*\(",
     "env::Processes", False),
    (r"\bstd::filesystem::(?!path\b)\w+", "env::Files", False),
    (r"\bassert\s*\(", "CHECK", True),
    (r"\busing\s+namespace\b(?!\s+std::(?:literals|chrono_literals|string_literals))",
     "the full name, or a using-declaration", True),
    (r"\bstd::regex\b", "RE2 in series/, or a hand-written scanner", True),
    (r"\bstd::endl\b", "'\\n'", True),
    (r"\b(?:atoi|atol|atof|strtod|strtol|strtoul|stoi|stol|stoul|stod|stof)\s*\(",
     "base/text.h, fast_float or std::from_chars", True),
    (r"\bthrow\b", "an Error in a Result", False),
    (r"\b(?:const_cast)\b|\bstd::bind\b", "a design that needs neither", False),
]
COMPILED = [(re.compile(pattern), instead, tests) for pattern, instead, tests in BANNED]

UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
NOLINT = re.compile(r"NOLINT(?:NEXTLINE|BEGIN)?\b(\([\w.,\s*-]+\):\s*\S)?")
NAME = re.compile(
    r"\b(?:class|struct|enum class)\s+(?:\[\[\w+\]\]\s*)?(\w*(?:Manager|Utils?|Data|Info|Helper))"
    r"\s*(?:final\s*)?[{:]"
)
HOSTAGE_AWAIT = [
    (re.compile(r"\bco_await\b.*\bco_await\b"), "one co_await per statement"),
    (re.compile(r"\?[^;]*\bco_await\b"), "no co_await in a ternary: name the result first"),
    (re.compile(r"(?<!CO_TRY)(?<!CO_TRY_VOID)\((?<!if \()(?<!while \()\s*co_await\b"),
     "no co_await in an argument: name the result first"),
]
AWAIT_ROOMS = ("src/http/", "src/api/", "src/app/")


def _line_findings(file, number, code, raw):
    findings = []
    os_room = file.path.startswith("src/env/os/")
    for pattern, instead, in_tests in COMPILED:
        if os_room or (file.is_test and not in_tests):
            continue
        match = pattern.search(code)
        if match:
            findings += file.finding(
                number, "banned", f"`{match.group(0).strip()}`: use {instead}"
            )
    if UNFINISHED.search(raw):
        findings += file.finding(number, "unfinished", "finish it, or say it in the docs")
    match = NOLINT.search(raw)
    if match and "NOLINTEND" not in raw and not match.group(1):
        findings += file.finding(number, "nolint", "want `NOLINT(check): reason`")
    match = NAME.search(code)
    if match:
        findings += file.finding(number, "name", f"{match.group(1)}: name it after what it is")
    return findings


def _await_findings(file, number, code):
    if "co_await" not in code and "co_return" not in code and "co_yield" not in code:
        return []
    if file.path.startswith("src/") and not file.path.startswith(AWAIT_ROOMS):
        return file.finding(number, "await", "only http, api and app await")
    for pattern, text in HOSTAGE_AWAIT:
        if pattern.search(code):
            return file.finding(number, "await", text)
    return []


def check(tree, _rooms):
    """Findings over the C++ files of src/, tests/ and bench/."""
    findings = []
    for file in tree:
        if not file.is_cpp or not file.path.startswith(("src/", "tests/", "bench/")):
            continue
        if file.path.startswith(("tests/", "bench/")) and not file.path.startswith("tests/fuzz"):
            continue
        for number, (code, raw) in enumerate(zip(file.plain_code.splitlines(), file.lines), 1):
            findings += _line_findings(file, number, code, raw)
            findings += _await_findings(file, number, code)
    return findings
