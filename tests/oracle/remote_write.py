"""Sends samples by Prometheus remote write 1.0: protobuf by hand, snappy as one literal run."""
import struct
import urllib.request

STALE_BITS = 0x7FF0000000000002


def varint(value):
    out = b""
    value &= (1 << 64) - 1
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number, payload):
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def sample(at_ms, value):
    bits = struct.pack("<Q", STALE_BITS) if value == "stale" else struct.pack("<d", float(value))
    return b"\x09" + bits + b"\x10" + varint(at_ms)


def time_series(labels, samples):
    out = b""
    for name, value in sorted(labels.items()):
        out += field(1, field(1, name.encode()) + field(2, value.encode()))
    for at_ms, value in samples:
        out += field(2, sample(at_ms, value))
    return out


def snappy(data):
    """The block format with literals only: a length, then runs of at most 2^16 bytes."""
    out = varint(len(data))
    for start in range(0, len(data), 65536):
        run = data[start:start + 65536]
        out += bytes([61 << 2]) + struct.pack("<H", len(run) - 1) + run
    return out


def send(url, batch):
    """`batch` is a list of (labels, samples)."""
    body = b"".join(field(1, time_series(labels, samples)) for labels, samples in batch)
    request = urllib.request.Request(url, data=snappy(body), method="POST", headers={
        "Content-Type": "application/x-protobuf",
        "Content-Encoding": "snappy",
        "X-Prometheus-Remote-Write-Version": "0.1.0",
    })
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()
