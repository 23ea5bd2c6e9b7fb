"""Who includes whom: rooms, libraries, the standard library."""
import re

from .tree import Finding

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
WORLD = ("sim", "env/os")  # what every test may include besides its own room's table row

# System headers: the door to the machine, which is env/os.
POSIX = re.compile(
    r"^(sys|net|netinet|arpa|linux|asm|bpf)/|^(unistd|fcntl|poll|dirent|pthread|sched|netdb|dlfcn"
    r"|ifaddrs|pwd|grp|spawn|termios|glob|syslog|mntent|resolv|fnmatch|libgen|utime|semaphore)\.h$"
)
# Standard headers that reach the world behind env's back.
WORLDLY = {
    "filesystem": "env::Files",
    "fstream": "env::Files",
    "future": "env::Threads",
    "iostream": "fmt, or env::Log",
    "random": "chance's seeded streams",
    "regex": "RE2 in series/, or a hand-written scanner",
    "thread": "env::Threads",
}
C_HEADERS = {"assert.h", "ctype.h", "math.h", "stdint.h", "stdio.h", "stdlib.h", "string.h"}
EXCEPTIONS = {
    ("src/base/check.cc", "unistd.h"),  # CHECK writes to descriptor 2
    ("src/base/hash.cc", "nmmintrin.h"),  # the CRC instruction
}


def _includes(file):
    for number, line in enumerate(file.lines, 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def _library_finding(file, number, header, room, rooms):
    """What is wrong with an include in angle brackets (or of a library's header in quotes)."""
    outside = room is None
    if (file.path, header) in EXCEPTIONS:
        return []
    if POSIX.match(header):
        library = next((lib for lib in rooms.libraries if "posix" in lib.headers), None)
        if outside or file.is_test or (library and room in library.rooms):
            return []
        return file.finding(number, "library", f"<{header}> is the system: use env, or env/os")
    for library in rooms.libraries:
        if not library.claims(header):
            continue
        allowed = (
            outside
            or "any" in library.rooms
            or room in library.rooms
            or (file.is_test and ("tests" in library.rooms or room + "/" in header))
        )
        # Several libraries may claim a prefix (boost/json, boost/): any one that allows is enough.
        if allowed:
            return []
    claimed = [library for library in rooms.libraries if library.claims(header)]
    if claimed:
        where = " and ".join(sorted({r for library in claimed for r in library.rooms}))
        return file.finding(number, "library", f"<{header}> belongs to {where}, not to {room}")
    if "/" not in header and "." not in header:
        if header in WORLDLY and not outside and room != "env/os" and not file.is_test:
            return file.finding(number, "library", f"<{header}>: use {WORLDLY[header]}")
        return []
    if header in C_HEADERS:
        return file.finding(number, "library", f"<{header}>: use <c{header[:-2]}>")
    if outside:
        return []
    return file.finding(number, "library", f"<{header}> is in no row of tools/rooms.txt")


def _room_finding(file, number, header, room, rooms):
    """What is wrong with an include in quotes."""
    target = rooms.room_of(header)
    if target is None:
        if any(library.claims(header) for library in rooms.libraries):
            return _library_finding(file, number, header, room, rooms)
        # Programs under tests/ may share a header of theirs.
        if room is None and header.startswith("tests/"):
            return []
        return file.finding(number, "room", f'"{header}": write it from the source root')
    if room is None:
        return []
    allowed = set(rooms.closure(room))
    if file.is_test:
        for extra in WORLD:
            if extra in rooms.direct:
                allowed |= rooms.closure(extra)
    if target not in allowed:
        return file.finding(number, "room", f"{room} may not include {target} (tools/rooms.txt)")
    return []


def _own_header_first(file, known):
    """A source includes its own header first, which proves that the header stands alone."""
    own = file.path[len("src/") : -len(".cc")].removesuffix("_test") + ".h"
    if "src/" + own not in known or file.name.endswith("_test.cc"):
        return []
    first = next(_includes(file), None)
    if first is None or first[2] != own:
        return file.finding(first[0] if first else 1, "include-order", f'include "{own}" first')
    return []


def dead(tree, _rooms):
    """Headers that no file includes. Asked for by `tidy --done`: a border may stand before its
    first user."""
    used = {"src/" + header for file in tree if file.is_cpp for _, _, header in _includes(file)}
    findings = []
    for file in tree:
        if file.suffix == ".h" and file.path.startswith("src/") and file.path not in used:
            findings += file.finding(1, "dead-file", "no file includes this header: remove it")
    return findings


def check(tree, rooms):
    """Findings over all C++ files."""
    findings = []
    known = {file.path for file in tree}
    for file in tree:
        if not file.is_cpp:
            continue
        in_src = file.path.startswith("src/")
        room = rooms.room_of(file.path[4:]) if in_src else None
        if in_src and room is None:
            findings.append(Finding(file.path, 1, "room", "in no room of tools/rooms.txt"))
            continue
        for number, quote, header in _includes(file):
            if quote == '"':
                findings += _room_finding(file, number, header, room, rooms)
            else:
                findings += _library_finding(file, number, header, room, rooms)
        if in_src and file.suffix == ".cc":
            findings += _own_header_first(file, known)
    return findings
