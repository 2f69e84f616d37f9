"""The editor's desk: doormen only. Each view reads, asks one query or does one act, and answers."""
