"""Search in people's own words: an index per municipality and language, and one algorithm in Python and JavaScript.

`build_index(entries, language)` makes the index (published as sok.json), `search(index, words)` answers,
`is_crisis(words)` tells whether the words speak of suicide or of danger right now. No Django here.
The twin of query.py is ui/static/ui/search.js; tests/cases.json holds them together.
"""

from samvirke.publishing.search.build import SearchEntry, build_index, dump, is_crisis
from samvirke.publishing.search.query import Hit, search

__all__ = ["Hit", "SearchEntry", "build_index", "dump", "is_crisis", "search"]
