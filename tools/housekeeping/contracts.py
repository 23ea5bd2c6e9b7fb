"""Contracts: a comment directly above each namespace-scope declaration in a header, and
[[nodiscard]] on each function that returns a Result.

A declaration is found by reading the header's code (comments and strings are blanks by now) and
keeping a stack of open braces: namespaces, and everything else. What starts while only namespaces
are open is at namespace scope. A group of declarations without a blank line between them shares
the contract above the first; a declaration of one line may carry it at its end. The comment that
opens the file covers its first declaration and the class that the file is named after. A definition
need not repeat the contract of its declaration.
"""
import re

NAMESPACE = re.compile(r'^(?:inline\s+)?namespace\b|^extern\s*"?\s*"?\s*$')
NO_CONTRACT = re.compile(
    r"^(?:(?:class|struct|enum class|union)\s+[\w:]+\s*$"  # a forward declaration
    r"|template\s*<[^{};]*>\s*(?:class|struct)\s+\w+\s*$"
    r"|template\s*<[^{};]*>\s*(?:struct|class)\s+std::"  # such as std::hash of our type
    r"|static_assert\b|DAYTWO_[A-Z]+\("
    r"|(?:class|struct)\s+\w+::\w+"  # the body of a nested type, declared elsewhere
    r"|template\s*<\s*>|friend\b|using\s+[\w:]+\s*$|extern\s+template\b)"
)
RESULT_FUNCTION = re.compile(
    r"(?:(?<=[;{}>:\]])|^)\s*((?:\[\[[^\]]*\]\]\s*|virtual\s+|static\s+|inline\s+|constexpr\s+|"
    r"friend\s+|explicit\s+|template\s*<[^;{}]*>\s*)*)"
    r"(?:\w+::)*(?:Task<\s*(?:\w+::)*)?Result<", re.MULTILINE
)


def _declarations(code):
    """Yields (first_line, last_line, text) of each namespace-scope declaration."""
    stack = []  # "namespace" or "other", one for each open brace
    start = None  # offset of the current declaration
    text = []
    parens = 0
    line = 1
    first_line = 1
    for char in code:
        if char == "\n":
            line += 1
        outer = all(kind == "namespace" for kind in stack)
        if outer and start is None and not char.isspace() and char not in ";}":
            start, first_line, text = True, line, []
        if char == "(":
            parens += 1
        elif char == ")":
            parens -= 1
        if char == "{" and parens == 0:
            head = "".join(text).strip()
            if outer and NAMESPACE.match(head):
                stack.append("namespace")
                start = None
                continue
            stack.append("other")
        elif char == "}" and parens == 0 and stack:
            closed = stack.pop()
            if closed == "namespace":
                start = None
                continue
            if all(kind == "namespace" for kind in stack):
                text.append("{}")
                head = "".join(text)
                # A function body ends the declaration; a class or initialiser goes on to `;`.
                if re.search(r"\)[\w\s:&>\-]*\{\}$", head) or re.search(r"\)\s*:.*\{\}$", head):
                    yield first_line, line, head.strip()
                    start = None
                continue
        elif char == ";" and outer and parens == 0:
            if start is not None:
                yield first_line, line, "".join(text).strip()
            start = None
            continue
        if outer and start is not None and char != "{":
            text.append(char)


def _is_namesake(file, text):
    """True for class TornDisk in torn_disk.h."""
    match = re.match(r"^(?:template\s*<[^{};]*>\s*)?(?:class|struct)\s+(\w+)", text)
    return bool(match) and match.group(1).lower() == file.name[:-2].replace("_", "")


def _contract_findings(file):
    findings = []
    code = file.plain_code
    last_end = None
    covered = False
    known = set()  # signatures that had their contract
    for number, (first, last, text) in enumerate(_declarations(code)):
        signature = " ".join(text.removesuffix("{}").split())
        above = file.lines[first - 2].strip() if first >= 2 else ""
        grouped = last_end is not None and first - last_end <= 1 and covered
        opens_file = (number == 0 or _is_namesake(file, text)) and file.lines[0].startswith("//")
        trailing = first == last and "//" in file.lines[first - 1]
        covered = (
            above.startswith("//") or above.endswith("*/") or trailing or grouped or opens_file
        )
        covered = covered or signature in known
        if covered:
            known.add(signature)
        elif not NO_CONTRACT.match(text):
            name = " ".join(text.split())[:60]
            findings += file.finding(first, "contract", f"no contract above `{name}`")
        last_end = last
    return findings


def _nodiscard_findings(file):
    findings = []
    code = file.plain_code
    for match in RESULT_FUNCTION.finditer(code):
        if "[[nodiscard]]" in match.group(1) or "friend" in match.group(1):
            continue
        # Balance the angle brackets, then want a name and an opening parenthesis.
        depth, at = 1, match.end()
        if "Task<" in match.group(0).rsplit(">", 1)[-1]:
            depth = 2
        while at < len(code) and depth:
            depth += {"<": 1, ">": -1}.get(code[at], 0)
            at += 1
        after = re.match(r"\s*[\w:]+\s*\(", code[at:])
        if after and not re.match(r"\s*operator\b", code[at:]):
            line = code.count("\n", 0, match.end()) + 1
            findings += file.finding(line, "nodiscard", "a function returning Result wants "
                                     "[[nodiscard]]")
    return findings


def check(tree, _rooms):
    """Findings over the headers of src/."""
    findings = []
    for file in tree:
        if file.suffix == ".h" and file.path.startswith("src/"):
            findings += _contract_findings(file)
            findings += _nodiscard_findings(file)
    return findings
