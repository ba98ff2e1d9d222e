"""Write the test documents anew: `python tests/declarations/make_documents.py` (the xls file needs xlwt).

Each format's folder holds documents and, beside each, the lines it must give (`<name>.lines.csv`), checked by
hand.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parent))
import retyped as r

HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder of one format."""
    made = HERE / name
    made.mkdir(exist_ok=True)
    return made


def write_xlsx_mcds() -> None:
    """A content sheet with its figures as numbers, titles above, totals and remarks below."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "MCDS"
    sheet["A1"] = "Material Content Data Sheet"
    sheet.merge_cells("A1:I1")
    for row in (
        ["Sales Product Name", "KEX40N65H5", "", "Issued", "29. August 2013"],
        ["MA#", "MA009990870", "", "Package", "PG-TO247-3-44"],
        ["Weight*", "6047.10 mg"],
        [],
    ):
        sheet.append(row)
    sheet.append(r.MCDS_HEADER)
    for row in r.MCDS:
        sheet.append([cell if cell != "" else None for cell in row])
    sheet.append(["*deviation", "< 10%", None, "Sum in total:", None, "100,00", None, 1000000])
    sheet.append([])
    sheet.append(
        [
            "Important Remarks: The manufacturer gives its full material declaration from what third "
            "parties say."
        ]
    )
    book.save(folder("xlsx") / "mcds.xlsx")


def write_xlsx_diode() -> None:
    """A two-row header with merged cells, percent formats, groups merged downwards."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "MDS"
    sheet["A1"] = "MATERIAL DECLARATION SHEET"
    sheet.merge_cells("A1:I1")
    for row in (
        ["Material Number", None, "KXSOT236-0504C"],
        ["Product Line", None, "Semiconductor Products"],
        ["Compliance Date", None, "2015/8/28"],
        ["RoHS Compliant", None, "Yes"],
        ["MSL", None, 3],
    ):
        sheet.append(row)
    upper = [
        "No.",
        "Construction",
        "Homogeneous",
        "Material",
        "Homogeneous Material\\",
        "CASRN",
        "Materials",
        "Material Mass % of",
        "Subpart mass of",
    ]
    lower = [
        "",
        "Element(subpart)",
        "Material",
        "weight [mg]",
        "Substances",
        "if applicable",
        "Mass %",
        "total unit wt.",
        "total wt. (%)",
    ]
    sheet.append(upper)
    sheet.append([cell or None for cell in lower])
    sheet.merge_cells("A7:A8")
    top = start = sheet.max_row + 1
    for row in r.DIODE:
        sheet.append([cell if cell != "" else None for cell in row])
        for column, form in ((7, "0.00%"), (8, "0.000%"), (9, "0.0%")):
            sheet.cell(sheet.max_row, column).number_format = form
    for offset, row in enumerate([*r.DIODE, [1]]):
        if row[0] != "" and offset:
            for column in "ABC":
                if top + offset - 1 > start:
                    sheet.merge_cells(f"{column}{start}:{column}{top + offset - 1}")
            start = top + offset
    sheet.append([None, "Total weight", None, "16 mg"])
    sheet.append(["This Document was updated on: 2015/10/28"])
    sheet.append(["2. * 6c - copper alloy containing up to 4% lead by weight."])
    book.save(folder("xlsx") / "diode.xlsx")


def write_xlsx_form() -> None:
    """The project's own headers: articles, nested components, lines and statements on sheets of their own."""
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    articles = book.active
    articles.title = "Artiklar"
    for row in (
        [
            "Artikelnummer",
            "Benämning",
            "Leverantör",
            "GTIN",
            "Produktvikt (g)",
            "Villkor",
            "Datum",
            "Fullständig ned till",
        ],
        [
            "S-100",
            "Infusionsset",
            "Slang & Co AB",
            "7350000000016",
            42,
            "medical_device=yes; textile=nej",
            dt.datetime(2025, 3, 1),
            0.001,
        ],
        [
            "S-200",
            "Handskar",
            "Slang & Co AB",
            None,
            None,
            "medical_device=yes",
            dt.datetime(2025, 3, 1),
            None,
        ],
    ):
        articles.append(row)
    articles["H2"].number_format = "0.0%"
    parts = book.create_sheet("Beståndsdelar")
    for row in (
        ["Artikelnummer", "Beståndsdel", "Ingår i", "Antal", "Massa (g)"],
        ["S-100", "slangset", "S-100", 1, 30],
        ["S-100", "slang", "slangset", 2, 12.5],
        ["S-100", "koppling", "slangset", 4, 1.25],
        ["S-100", "klämma", "hållare", 1, None],
    ):
        parts.append(row)
    lines = book.create_sheet("Innehåll")
    lines["A1"] = "Alla ämnen över 0,1 %"
    lines.append([])
    lines.append(
        [
            "Artikelnummer",
            "Beståndsdel",
            "Material",
            "Ämne",
            "CAS-nr",
            "Halt",
            "Bas",
            "Funktion",
            "Avsiktligt tillsatt",
            "Undantag",
        ]
    )
    for row in (
        ["S-100", "slang", "PVC", "DEHP", "117-81-7", 0.15, "material", "mjukgörare", "ja", None],
        ["S-100", "slang", "PVC", "Polyvinylklorid", "9002-86-2", 0.849, "material", None, "ja", None],
        [
            "S-100",
            "slang",
            "PVC",
            "Bisfenol A",
            dt.datetime(1980, 5, 7),
            "<100 ppm",
            "material",
            None,
            "nej",
            None,
        ],
        ["S-100", "koppling", "Mässing", "Bly", "7439-92-1", 0.0285, None, None, None, "6(c)"],
        ["S-100", "koppling", "Mässing", "Koppar", "7440-50-8", "57–59 %", "lådan", None, None, None],
        ["S-200", None, None, "Tiuram", "137-26-8", None, None, "accelerator", "kanske", None],
    ):
        lines.append(row)
    for row in range(4, 10):
        lines.cell(row, 6).number_format = "0%"
    answers = book.create_sheet("Intyg")
    answers.sheet_state = "hidden"
    for row in (
        ["Artikelnummer", "Lista", "Utgåva", "Svar"],
        ["S-100", "RoHS", "2024-07", "inga över gränsvärdet"],
        ["S-200", "Kandidatförteckningen", "4 februari 2026", "nej"],
        ["S-200", "Västra listan", "2025-01-01", "nej"],
        ["S-200", "ftalater", None, "delvis"],
    ):
        answers.append(row)
    book.save(folder("xlsx") / "form.xlsx")


def write_xlsx_certificate() -> None:
    """A public buyer's form: questions answered above, a small table below."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Supplier certificate regarding hazardous substances in materials or articles"],
        ["Product name:", "Batterilåda 24 V"],
        ["Supplier:", "Kraftlådan AB"],
        ["Article- or item number* issued by the buyer:", "7712345"],
        [
            "2. Does the material/article contain any substance listed on the candidate list in more than "
            "0,1% (w/w)?",
            "Yes",
        ],
        ["Last review date for the candidate list:", "2024-06-27"],
        [],
        ["Name (substance)", "CAS no", "Content w/w%", "Part of complex article*"],
        ["Lead", "7439-92-1", 62, "Battery plate"],
        ["Bisphenol A", "80-05-7", "0,2", "Lid"],
        [
            "*If the product is a complex article - declare in which part of the product the substance is "
            "found."
        ],
    ):
        sheet.append(row)
    book.save(folder("xlsx") / "certificate.xlsx")


def write_xls() -> None:
    """An old workbook with percent formats."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    percent = xlwt.easyxf(num_format_str="0.00%")
    sheet.write_merge(0, 0, 0, 8, "MATERIAL DECLARATION SHEET")
    sheet.write(1, 0, "Material Number")
    sheet.write(1, 1, "KXNBS04-B")
    for column, text in enumerate(r.DIODE_HEADER):
        sheet.write(3, column, text)
    for row, cells in enumerate(r.BRIDGE, start=4):
        for column, cell in enumerate(cells):
            if cell != "":
                sheet.write(row, column, cell, percent) if column > 5 else sheet.write(row, column, cell)
    end = 4 + len(r.BRIDGE)
    sheet.write(end, 1, "Total weight")
    sheet.write(end, 3, 125)
    book.save(str(folder("xls") / "bridge.xls"))


def write_ods() -> None:
    """An OpenDocument sheet: percentages by their value type, groups over covered cells."""
    rows = [
        ["MATERIAL DATA SHEET"],
        ["Material #", "CDQBR series (0402)"],
        ["Date", "2012/3/26"],
        [],
        r.RESISTOR_HEADER,
        *r.RESISTOR,
        ["", "", "Total weight", 0.769],
    ]

    def cell(value: object, column: int) -> str:
        if value == "":
            return "<table:table-cell/>"
        kind, shown = "string", escape(str(value))
        if isinstance(value, (int, float)):
            kind = "percentage" if isinstance(value, float) and column in (6, 7) else "float"
            shown = f"{value * 100:.2f}%" if kind == "percentage" else shown
        given = "" if kind == "string" else f' office:value="{value}"'
        return (
            f'<table:table-cell office:value-type="{kind}"{given}><text:p>{shown}</text:p></table:table-cell>'
        )

    body = "".join(
        "<table:table-row>" + "".join(cell(value, i) for i, value in enumerate(row)) + "</table:table-row>"
        for row in rows
    )
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = "".join(f' xmlns:{short}="{names}{short}:1.0"' for short in ("office", "table", "text"))
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    content = (
        f'{start}<office:document-content{spaces} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{body}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    manifest = (
        f'{start}<manifest:manifest xmlns:manifest="{names}manifest:1.0" manifest:version="1.2">'
        f"{entry.format('/', kind)}{entry.format('content.xml', 'text/xml')}</manifest:manifest>"
    )
    with zipfile.ZipFile(folder("ods") / "resistor.ods", "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)


def text_table(rows: list[list[str]], delimiter: str) -> str:
    """The rows as delimited text."""
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return made.getvalue()


def write_texts() -> None:
    """CSV and TSV in the encodings and with the signs of the programs that suppliers use."""
    notes = [
        ["BYGGVARUDEKLARATION BVD 3"],
        ["Varunamn", "LVA (LUFTVÄRMARE, VARMVATTEN)"],
        ["Artikel-nr/ID-begrepp", "LVA-229"],
        ["Upprättad/ändrad den", "2013-02-08"],
        ["Företagsnamn", "Fläktverken i Söder AB"],
        ["4 Innehåll"],
    ]
    text = text_table([*notes, r.BVD_HEADER, *r.BVD], ";")
    (folder("csv") / "bvd3.csv").write_bytes(text.encode("cp1252"))
    notes = [
        ["Stof", "Bly (Pb)"],
        ["Koncentration", "0,1 % eller højere"],
        ["CAS-nummer", "7439-92-1"],
        ["EC-nummer", "231-100-4"],
        ["Optagelsesdato", "27. juni 2018"],
        [],
    ]
    text = text_table([*notes, ["Produkt", "Blyindhold", "SCIP-nummer"], *r.BRONZE], ",")
    (folder("csv") / "bronze.csv").write_bytes(text.encode("utf-8-sig"))
    report = [
        ["Item", "Pb", "Cd", "Hg", "Cr+6", "PBB", "PBDE"],
        ["", "PPM", "PPM", "PPM", "PPM", "PPM", "PPM"],
        ["Solder Ball", "<2.0", "<2.0", "<2.0", "<2.0", "<5.0", "<5.0"],
        ["Substrate", "<2", "<2", "<2", "6.0", "NA", "NA"],
        ["STS-BC-F", *["Not Detected"] * 6],
    ]
    (folder("csv") / "report.csv").write_text(text_table(report, ","), "utf-8", newline="")
    notes = [
        ["LT4320-KEM (Engineering Calculation) PDIP"],
        ["(printed on: 2017-03-16 19:47:42) TOTAL MASS (g): 0.499339"],
        ["Part number", "LT4320-KEM"],
    ]
    (folder("tsv") / "package.tsv").write_bytes(
        text_table([*notes, r.PACKAGE_HEADER, *r.PACKAGE], "\t").encode("utf-16")
    )


def write_html() -> None:
    """An HTML page that calls itself a workbook."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
        for row in [r.MODULE_HEADER, *r.MODULE]
    )
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
        "<body><table>\n"
        "<tr><td colspan=2>Umbrella Spec</td><td>PP2 med värmepasta</td></tr>\n"
        "<tr><td>Date</td><td>2014-07-01</td><td>Revision</td><td>6.0</td></tr>\n"
        "<tr><td>RoHS compliant</td><td>according to exemption 7c.I</td></tr>\n"
        f"{rows}</table><p>*) related to component weight</p></body></html>"
    )
    (folder("html") / "module.xls").write_text(page, "utf-8")


def write_parquet() -> None:
    """Columns of text and of numbers."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            "article": pd.Categorical(["B-1", "B-1", "B-2"]),
            "component": ["tube", "tube", None],
            "name": ["DEHP", "PVC", "Lead"],
            "cas": ["117-81-7", "9002-86-2", "7439-92-1"],
            "amount (%)": [15.0, 0.1 + 0.2, 1e-05],
            "mass (g)": [12.0, 12.0, None],
        }
    )
    frame.to_parquet(folder("parquet") / "lines.parquet", index=False)


def write_json() -> None:
    """The result document's own shape."""
    document = {
        "schema": "kemkoll.result/1",
        "declarations": [{"supplier": "AB Exempel", "date": "2025-01-02", "complete_down_to": "0.1 %"}],
        "articles": [{"article": "B-1", "name": "Slangset", "facts": {"medical_device": True}}],
        "components": [
            {"article": "B-1", "component": "tube", "mass": "12 g", "units": 2},
            {"article": "B-1", "component": "clip", "parent": "tube"},
        ],
        "lines": [
            {
                "line": 7,
                "article": "B-1",
                "component": "tube",
                "cas": "117-81-7",
                "name": "DEHP",
                "amount": "15 %",
                "low": 0.15,
                "high": 0.15,
                "basis": "component",
                "basis_assumed": False,
                "file": "set.xlsx",
                "sheet": "Innehåll",
                "row": 8,
            },
            {"article": "B-1", "component": "clip", "cas": "80-05-7", "amount": "< 0.1 %", "basis": None},
            {"article": "B-1", "name": "Bly"},
        ],
        "statements": [
            {"article": "B-1", "list": "eu-rohs", "edition": "2024-07-01", "answer": "none_above_limit"}
        ],
    }
    (folder("json") / "result.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    for name, write in list(globals().items()):
        if name.startswith("write_"):
            try:
                write()
            except ImportError as error:
                print(f"{name}: {error}", file=sys.stderr)
