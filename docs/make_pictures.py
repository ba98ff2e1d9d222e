"""The pictures of the documentation, in both languages: of two examples, and of the demonstration's annual
report.

Run by `make pictures`; `make pictures ARGS=annual` takes those of one group. `--demo FOLDER` uses what
`kemkoll demo` has written there, instead of making it anew. Needs Chromium, LibreOffice (`soffice`) and
Poppler (`pdftoppm`); what is missing is said.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops, ImageOps
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

DOCS = Path(__file__).parent
ROOT = DOCS.parent
PICTURES = DOCS / "pictures"
sys.path.insert(0, str(ROOT / "tests"))

from browser import DESKTOP, PHONE, launched, opened  # noqa: E402

WORKBOOK = "examples/infusionsset.xlsx"
FILES = (WORKBOOK, "examples/undersokningshandske.csv")
ON = ("--on", "2026-11-22")
REPORTS = {"sv": "arsrapport-2025.html", "en": "annual-report-2025.html"}
"""What `kemkoll demo` calls its annual report."""
FIGURES = {"headline": "figure-1", "share": "figure-2", "flows": "figure-3", "known": "figure-7"}
"""The figures of it that are shown, by what they are about."""
TALL, FIGURE = (1280, 1240), (740, 900)
"""The windows in which the summary is seen whole, and in which a figure is as wide as its text."""
EXPLAINED = ("KF-2040", "--list", "eu-reach-candidate", "--file", WORKBOOK)
LARGEST = 150_000
"""Bytes of a picture: they are part of the repository."""
COLOURS = 128
DOTS_PER_INCH = 96
MARGIN = 12
FOOT = 0.08
"""The part of a printed page in which its number stands."""
TERMINAL_COLUMNS = 110
TERMINAL_LINES = 34
DARK = [
    (22, 25, 29), (255, 118, 118), (126, 217, 142), (255, 209, 102),
    (126, 176, 255), (224, 166, 240), (112, 214, 232), (233, 236, 239),
    (150, 156, 163), (255, 118, 118), (126, 217, 142), (255, 209, 102),
    (126, 176, 255), (224, 166, 240), (112, 214, 232), (255, 255, 255),
]  # fmt: skip
"""The sixteen colours of a terminal, on a dark ground."""
TERMINAL = """<!DOCTYPE html><html lang="en"><title>kemkoll</title><meta charset="utf-8"><style>
body {{ margin: 0; display: inline-block; background: #16191d; color: #e9ecef; }}
span[style*="background-color"] {{ color: #16191d !important; }}
pre {{ margin: 0; padding: 18px; font: 14px/1.35 "DejaVu Sans Mono", monospace; }}
</style><body><pre>{code}</pre></body></html>"""


def main() -> None:
    """Write the pictures of the groups that are named; without names, of all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("groups", nargs="*", metavar="GROUP", help=f"{', '.join(GROUPS)}; else all")
    asked.add_argument("--demo", type=Path, help="a folder that `kemkoll demo` has made")
    told = asked.parse_args()
    if unknown := set(told.groups) - set(GROUPS):
        asked.error(f"no such group: {', '.join(sorted(unknown))}")
    demo = told.demo and told.demo.resolve()
    PICTURES.mkdir(exist_ok=True)
    os.chdir(ROOT)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launched(playwright)
        for language in ("en", "sv"):
            work = Path(folder) / language
            work.mkdir()
            for group in told.groups or GROUPS:
                GROUPS[group](browser, work, language, demo)
        browser.close()
    large = [path.name for path in sorted(PICTURES.glob("*.png")) if path.stat().st_size > LARGEST]
    if large:
        sys.exit(f"Larger than {LARGEST:,} bytes: {', '.join(large)}")


def screens(browser: Browser, work: Path, language: str, _demo: Path | None) -> None:
    """What one sees in a browser, on paper and in a terminal."""
    result, told = work / "result.html", work / "explain.html"
    said = kemkoll("check", *FILES, *ON, "--language", language, "-o", str(result))
    with opened(browser, terminal(said, work), DESKTOP) as page:
        save(page.locator("body").screenshot(), f"terminal-{language}")
    seen(browser, result, f"result-desktop-{language}", size=DESKTOP)
    seen(browser, result, f"result-dark-{language}", size=DESKTOP, color_scheme="dark")
    seen(browser, result, f"result-phone-{language}", size=PHONE, device_scale_factor=2)
    with opened(browser, result) as page:
        page.pdf(path=work / "result.pdf", prefer_css_page_size=True)
    save(paper(work / "result.pdf"), f"result-print-{language}")
    kemkoll("explain", *EXPLAINED, *ON, "--language", language, "-o", str(told))
    seen(browser, told, f"explain-desktop-{language}", size=DESKTOP)
    seen(browser, told, f"explain-phone-{language}", size=PHONE, device_scale_factor=2)


def sheets(_browser: Browser, work: Path, language: str, _demo: Path | None) -> None:
    """What one sees in a spreadsheet program: the form, the result, the supplier's own workbook back."""
    kemkoll("template", "--language", language, "-o", str(work / "form.xlsx"))
    kemkoll("check", *FILES, *ON, "--language", language, "-o", str(work / "workbook.xlsx"))
    kemkoll(
        "check", WORKBOOK, *ON, "--language", language, "--mark-problems", "-o", str(work / "corrected.xlsx")
    )
    with_notes(work / "corrected.xlsx")
    for name in ("form", "workbook", "corrected"):
        run(
            "soffice", "--headless", f"-env:UserInstallation={(work / 'office').as_uri()}",
            "--convert-to", "pdf", "--outdir", str(work), str(work / f"{name}.xlsx"),
        )  # fmt: skip
        save(paper(work / f"{name}.pdf"), f"{name}-{language}", crop=True)


def annual(browser: Browser, work: Path, language: str, demo: Path | None) -> None:
    """The annual report of the demonstration: its summary, and some of its figures."""
    made = demo or work.parent / "demo"
    if not made.is_dir():
        kemkoll("demo", "-o", str(made))
    report = made / REPORTS[language]
    seen(browser, report, f"annual-desktop-{language}", size=TALL)
    seen(browser, report, f"annual-dark-{language}", size=TALL, color_scheme="dark")
    seen(browser, report, f"annual-phone-{language}", size=PHONE, device_scale_factor=2)
    with opened(browser, report) as page:
        page.pdf(path=work / "annual.pdf", prefer_css_page_size=True)
    save(paper(work / "annual.pdf", 2), f"annual-print-{language}")
    for name, figure in FIGURES.items():
        with opened(browser, report, FIGURE) as page:
            save(labelled(page, figure), f"annual-{name}-{language}")
    with opened(browser, report, PHONE, device_scale_factor=2) as page:
        save(labelled(page, FIGURES["headline"]), f"annual-headline-phone-{language}")


def labelled(page: Page, figure: str) -> bytes:
    """A figure of a report, below what the top of the report says of all its numbers."""
    page.evaluate(
        """id => { const figure = document.getElementById(id);
        figure.prepend(...[...document.querySelectorAll("header .warning")].map(it => it.cloneNode(true)));
        figure.style.padding = "12px"; }""",
        figure,
    )
    return page.locator(f"#{figure}").screenshot()


def with_notes(path: Path) -> None:
    """Let the workbook be printed around the cells that are marked, with their comments under the table.

    On the screen a comment is shown when one points at its cell; no program prints it there.
    """
    book = openpyxl.load_workbook(path)
    sheet = book.active
    marked = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    left, right = min(cell.column for cell in marked) - 3, max(cell.column for cell in marked) + 2
    for row, cell in enumerate(marked, sheet.max_row + 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=left, end_column=right)
        note = sheet.cell(row, left, f"{cell.coordinate}: {cell.comment.text}")
        note.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 32
    sheet.print_area = f"{get_column_letter(left)}5:{get_column_letter(right)}{sheet.max_row}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    book.save(path)


def kemkoll(*args: str) -> str:
    """What kemkoll says; a verdict above a limit is no failure."""
    environment = {
        **os.environ, "FORCE_COLOR": "1", "COLUMNS": str(TERMINAL_COLUMNS), "TERM": "xterm-256color",
    }  # fmt: skip
    return run(sys.executable, "-m", "kemkoll", *args, fine=(0, 1), env=environment)


def run(*command: str, fine: tuple[int, ...] = (0,), **more: Any) -> str:
    """What a program printed; the end of the work where it is not there, or fails."""
    if not shutil.which(command[0]):
        sys.exit(f"{command[0]} is needed for the pictures and is not here.")
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **more)
    if done.returncode not in fine:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def terminal(said: str, work: Path) -> Path:
    """A page that looks like the terminal, with the first lines of what was said."""
    console = Console(record=True, width=TERMINAL_COLUMNS, file=StringIO())
    console.print(Text.from_ansi("\n".join(said.splitlines()[:TERMINAL_LINES])))
    path = work / "terminal.html"
    colours = TerminalTheme((22, 25, 29), (233, 236, 239), DARK[:8], DARK[8:])
    path.write_text(
        console.export_html(theme=colours, code_format=TERMINAL, inline_styles=True), encoding="utf-8"
    )
    return path


def seen(browser: Browser, path: Path, name: str, **window: Any) -> None:
    """Save what the window shows when the page is opened."""
    with opened(browser, path, **window) as page:
        save(page.screenshot(), name)


def paper(path: Path, number: int = 1) -> bytes:
    """A page of a PDF; the first has number 1."""
    page = ("-f", str(number), "-l", str(number), "-r", str(DOTS_PER_INCH))
    run("pdftoppm", *page, "-png", "-singlefile", str(path), str(path))
    return Path(f"{path}.png").read_bytes()


def save(picture: bytes, name: str, *, crop: bool = False) -> None:
    """Write the picture in few colours; `crop` takes away its white margins and the foot of the page."""
    whole = Image.open(BytesIO(picture)).convert("RGB")
    if crop:
        whole = whole.crop((0, 0, whole.width, round(whole.height * (1 - FOOT))))
        inside = ImageChops.difference(whole, Image.new("RGB", whole.size, "white")).getbbox()
        whole = ImageOps.expand(whole.crop(inside), border=MARGIN, fill="white")
    few = whole.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


GROUPS = {"screens": screens, "sheets": sheets, "annual": annual}
"""The pictures by what they are of."""

if __name__ == "__main__":
    main()
