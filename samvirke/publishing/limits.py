"""How often one address may send a form. In memory only; nothing about who asked is kept or logged.

A school, a hospital or a whole municipality may stand behind one address, and on the worst day they search at the
same time: 60 pupils who search three times in a row must all get answers. What is limited is one machine that
would take all answers for itself. A search costs some 5 ms of processor, so an address that asks as fast as it may
takes about a seventh of one processor per web process. Each process counts for itself: there are two to four, so
what an address may send in all is that many times as much.
"""

import ipaddress
from threading import Lock

from samvirke.kit.visitor import visitor

BURST = 300  # forms at once
PER_SECOND = 30.0
MOST_ADDRESSES = 20_000


class Limit:
    """A bucket of forms per address that fills again with time."""

    def __init__(self, burst: float = BURST, per_second: float = PER_SECOND) -> None:
        self.burst, self.per_second = burst, per_second
        self.left: dict[str, tuple[float, float]] = {}
        self.lock = Lock()

    def allows(self, address: str, now: float) -> bool:
        """Take one form from the address's bucket; False when it is empty. `now`: monotonic seconds."""
        with self.lock:
            left, at = self.left.get(address, (self.burst, now))
            left = min(self.burst, left + (now - at) * self.per_second)
            if len(self.left) >= MOST_ADDRESSES:
                self.left.clear()
            self.left[address] = (max(left - 1, -1.0) if left >= 1 else left, now)
            return left >= 1


def address(remote: str, forwarded: str) -> str:
    """Return whose bucket to use: the visitor's address, or for IPv6 its network of 64 bits."""
    who = visitor(remote, forwarded)
    try:
        found = ipaddress.ip_address(who)
    except ValueError:
        return who
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else who
