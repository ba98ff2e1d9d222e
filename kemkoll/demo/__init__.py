"""An invented region and its four years, made on the spot: `kemkoll demo`.

Nothing here is a real organisation, product or measurement. The same program makes the same bytes each
time: what looks like chance is drawn from names (`chance`), and no clock is asked.

`families` and `companies` say what is bought and of whom, `lives` what becomes of each article over the
years; `papers` lays that out as suppliers write it, `slips` makes their mistakes, and `formats` turns it
into files; `registers` writes the buyer's own ones. `region` gives all files in the order in which they
come, and `years` puts them into a database and freezes each year.
"""
