"""The pictures of a report: numbers → chart → SVG, with what it shows in words and in a table.

A figure is a function from tables to a `Figure`; one module per kind of chart. `colours` and `drawing` are
what they share.
No colour means anything alone: beside it stand a pattern, a shape or a word.
"""
