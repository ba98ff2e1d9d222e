"""A buyer's own files into the database: assortment, contracts, categories, volumes, and what it follows up.

`columns` says what a column is, `kinds` which ones each kind of file has. `values` and `words` read cells,
`reading` whole files: rows of values, and what could not be read. `storing` is what all kinds share on their
way into the database, `parties`, `bought` and `followed` what each of them changes there. `entering` takes
each file once, as a whole, as one event.
"""
