#!/usr/bin/env python3
"""Turns a folder of files into an assembler file and a C++ table.

usage: embed.py FOLDER OUTPUT_FOLDER

Writes OUTPUT_FOLDER/assets.S, assets.cc and blob.gz. The same input gives the same bytes.
"""
import gzip
import hashlib
import pathlib
import re
import sys

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}

# Vite's names: app-B3xk92Qa.js. Eight or more characters of base64url after the last dash.
HASHED = re.compile(r"-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$")

ASSEMBLER = """\
    .section .rodata.daytwo_console,"a",@progbits
    .global daytwo_console_blob
    .balign 16
daytwo_console_blob:
    .incbin "{blob}"
    .section .note.GNU-stack,"",@progbits
"""

TABLE = """\
// Written by cmake/embed.py.
#include "console/assets.h"

#include <array>
#include <cstddef>

extern "C" const char daytwo_console_blob[];

namespace daytwo::console {{
namespace {{

std::string_view part(std::size_t offset, std::size_t size) {{
  return {{daytwo_console_blob + offset, size}};
}}

}}  // namespace

std::span<const Asset> assets() {{
  static const std::array<Asset, {count}> table = {{{{
{rows}
  }}}};
  return table;
}}

}}  // namespace daytwo::console
"""


def main():
    source = pathlib.Path(sys.argv[1])
    output = pathlib.Path(sys.argv[2])
    output.mkdir(parents=True, exist_ok=True)
    blob = bytearray()
    rows = []
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        name = "/" + path.relative_to(source).as_posix()
        plain = path.read_bytes()
        packed = gzip.compress(plain, compresslevel=9, mtime=0)
        kind = CONTENT_TYPES.get(path.suffix, "application/octet-stream")
        etag = hashlib.sha256(plain).hexdigest()[:16]
        immutable = "true" if HASHED.search(path.name) else "false"
        rows.append(
            f'      {{"{name}", "{kind}", "\\"{etag}\\"", '
            f"part({len(blob)}, {len(packed)}), {immutable}}},"
        )
        blob += packed
    if not any(row.lstrip().startswith('{"/index.html"') for row in rows):
        sys.exit(f"embed.py: {source} holds no index.html")
    (output / "blob.gz").write_bytes(blob)
    (output / "assets.S").write_text(ASSEMBLER.format(blob="blob.gz"))
    (output / "assets.cc").write_text(TABLE.format(count=len(rows), rows="\n".join(rows)))


if __name__ == "__main__":
    main()
