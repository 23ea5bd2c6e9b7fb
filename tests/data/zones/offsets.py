#!/usr/bin/env python3
"""Writes offsets.csv: what Python's zoneinfo says of these zones around each change and between."""
import datetime
import pathlib
import random
import zoneinfo

HERE = pathlib.Path(__file__).resolve().parent
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
FIRST, LAST = -5_000_000_000, 7_000_000_000  # 1811 to 2191


def offset(zone, at):
    moment = EPOCH + datetime.timedelta(seconds=at)
    return int(moment.astimezone(zone).utcoffset().total_seconds())


def changes(zone):
    """Seconds at which another offset begins, found by halving."""
    step = 86_400 * 5
    for start in range(FIRST, LAST, step):
        low, high = start, start + step
        if offset(zone, low) == offset(zone, high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if offset(zone, middle) == offset(zone, low):
                low = middle
            else:
                high = middle
        yield high


def main():
    dice = random.Random(20261122)
    with open(HERE / "offsets.csv", "w", encoding="ascii") as out:
        out.write("zone,seconds,offset\n")
        for path in sorted(HERE.glob("*.tzif")):
            with open(path, "rb") as file:
                zone = zoneinfo.ZoneInfo.from_file(file)
            found = list(changes(zone))
            kept = found[:12] + dice.sample(found[12:], min(20, len(found[12:])))
            instants = {at - less for at in kept for less in (0, 1)}
            instants |= {dice.randrange(FIRST, LAST) for _ in range(20)}
            for at in sorted(instants):
                out.write(f"{path.stem},{at},{offset(zone, at)}\n")


main()
