"""The doormen of the team and its alerts: who, what, one call, one answer."""
