"""`python -m kemkoll`."""

from __future__ import annotations

from kemkoll.cli import main

if __name__ == "__main__":
    main()
