"""The doormen of accounts: who, what, one call, one answer."""
