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


def network(address: str) -> str:
    """Return the address under which a visitor's attempts are counted: of IPv6 the first of its 64 bits of network.

    One machine has all the addresses of such a network, and could else begin anew with each of them.
    """
    try:
        found = ipaddress.ip_network((address, 64 if ":" in address else 32), strict=False)
    except ValueError:
        return address
    return str(found.network_address)
