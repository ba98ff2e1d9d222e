"""Suppliers hand in: files are kept at once (`drafts`), read and judged on trial (`reading`, `trial`,
`preview`), and signed (`signing`), with a receipt (`receipts`). `mine` is what a supplier sees of its
articles; `renewing`, `secrecy` and `substitutes` are what it can do beside.

A draft is open until somebody signs it. All that signing does is one event: a process that is killed leaves
the open draft, with all its files, or what was handed in as a whole.
"""
