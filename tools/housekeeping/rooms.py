"""The table of rooms and libraries: tools/rooms.txt."""
import dataclasses

from .tree import Finding

TABLE = "tools/rooms.txt"


@dataclasses.dataclass(frozen=True)
class Library:
    """A row `library`."""

    name: str
    rooms: tuple
    headers: tuple

    def claims(self, header):
        return any(header.startswith(prefix) for prefix in self.headers)


class Rooms:
    """Who may include whom."""

    def __init__(self, text):
        self.direct = {}
        self.libraries = []
        self.findings = []
        for number, line in enumerate(text.splitlines(), 1):
            words = line.split("#", 1)[0].split()
            if not words:
                continue
            if words[0] == "room" and len(words) >= 3:
                self._add_room(number, words[2], words[3:])
            elif words[0] == "library" and len(words) == 5:
                self.libraries.append(
                    Library(words[1], tuple(words[2].split(",")), tuple(words[3].split(",")))
                )
            else:
                self._complain(number, "want `room FLOOR NAME ROOMS...` or five `library` words")

    def _complain(self, number, text):
        self.findings.append(Finding(TABLE, number, "rooms", text))

    def _add_room(self, number, name, includes):
        # Rows stand in reading order and name only rooms above them, so the table has no cycle.
        for include in includes:
            if include not in self.direct:
                self._complain(number, f"{name} includes {include}, which is not above it: a cycle")
        self.direct[name] = tuple(i for i in includes if i in self.direct)

    def closure(self, room):
        """All rooms that `room` may include, itself among them."""
        seen = {room}
        todo = [room]
        while todo:
            for include in self.direct[todo.pop()]:
                if include not in seen:
                    seen.add(include)
                    todo.append(include)
        return seen

    def room_of(self, path):
        """The room of a path below src/: the longest room name that is its folder, or None."""
        best = None
        for room in self.direct:
            if path.startswith(room + "/") and (best is None or len(room) > len(best)):
                best = room
        return best
