"""People who log in: who they are, which roles they have where, and how they prove it. README.md says how."""
