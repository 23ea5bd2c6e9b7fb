#!/usr/bin/env python3
"""Counts one end of a flow:  count.py orders.received 5

DAYTWO names the server; counting never fails the caller.
"""
import os
import sys
import urllib.request

SERVER = os.environ.get("DAYTWO", "http://127.0.0.1:9420")


def count(name, n=1):
    url = f"{SERVER}/api/daytwo/v1/count/{name}"
    try:
        urllib.request.urlopen(url, data=str(n).encode(), timeout=1).close()
    except OSError as problem:
        print(f"not counted: {problem}", file=sys.stderr)


if __name__ == "__main__":
    count(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else 1)
