"""Who asks: the address of a visitor, also behind a proxy on the same machine."""

import ipaddress


def visitor(remote: str, forwarded: str) -> str:
    """Return a visitor's address as text; what cannot be read as an address comes back as it is.

    `forwarded` (X-Forwarded-For) is believed only from a proxy on this machine, and only its last entry.
    """
    host = remote.rpartition(":")[0] if remote.count(":") == 1 else remote
    try:
        found = ipaddress.ip_address(host.strip("[]"))
        if found.is_loopback and forwarded:
            found = ipaddress.ip_address(forwarded.rpartition(",")[2].strip())
    except ValueError:
        return host
    return str(found)
