"""Finn hjelp: the public pages, as pure functions of a Site and a moment."""
