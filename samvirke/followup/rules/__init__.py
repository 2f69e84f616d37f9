"""Pure thinking about follow-up: who people are, what is planned for them, what follows from an attempt, when it may end.

No Django, no clock, no database. What is a municipal proposal and what a source demands is said at each rule.
"""
