"""Every code that a result may carry, with the English sentence that says it.

Codes are English and stable: other programs build on them. The sentences are translated (`i18n`) and shown;
`{found}` and `{suggestion}` stand for what a problem found and proposes. `docs/problems.md` and
`docs/verdicts.md` have a paragraph for each code, and a test holds them to it.
"""

from __future__ import annotations

PROBLEMS: dict[str, str] = {
    # files
    "file-missing": "There is no such file. Check the name and the folder.",
    "file-is-directory": "This is a folder. Name the files in it.",
    "file-empty": "The file is empty. Ask the supplier for it again.",
    "file-unreadable": "The file cannot be read: {found}. Open it in its own program, save it anew, and try again.",
    "file-encrypted": "The file is protected by a password. Save it without the password.",
    "file-too-large": "The file unpacks to more than kemkoll reads ({found}). Split it.",
    "file-binary": "The file is not text, a workbook, or any format kemkoll reads ({found}).",
    "file-no-table": "No table of substances or statements was found. A table needs a header row such as "
    "“Artikelnummer, Ämne, CAS-nr, Halt”.",
    "file-disguised": "The name says one format and the content another: {found}. It was read as what it is.",
    # structure of a table
    "column-unknown": "The column “{found}” was not understood and not used.",
    "column-repeated": "Two columns say the same: “{found}”. The first was used.",
    "table-unused": "A table was not used: {found}.",
    "row-unused": "The row is neither a line nor a heading that is understood, and was not used: {found}.",
    "article-missing": "The row names no article. It was kept under the article “{suggestion}”.",
    "component-unknown": "The component “{found}” is part of something that is not in the file.",
    "line-empty": "The row has an amount but no substance. It counts as undisclosed.",
    "line-repeated": "The same line stands more than once in the declaration. It was counted once.",
    "date-unreadable": "The date “{found}” was not understood. Write it as 2026-11-22.",
    "condition-unreadable": "The condition “{found}” was not understood. Write name=yes or name=no.",
    "condition-conflict": "The facts contradict each other: {found}. The fact counts as unknown.",
    "list-unknown": "The list “{found}” is not one that kemkoll knows. Is it {suggestion}?",
    "answer-unreadable": "The answer “{found}” was not understood. Write none, contains, or do not know.",
    "basis-unreadable": "The basis “{found}” was not understood. Write article, component, or material.",
    "gtin-check-digit": "The GTIN “{found}” is wrong: its check digit does not fit.",
    # amounts
    "amount-missing": "No amount is given. Anything from 0 to 100 % is possible.",
    "amount-trace": "“{found}” is not an amount. Anything from 0 to 100 % is possible.",
    "amount-unreadable": "The amount “{found}” was not understood. Anything from 0 to 100 % is possible.",
    "amount-over-whole": "The amount “{found}” is more than 100 %. It was cut to 100 %.",
    "amount-ambiguous": "The amount “{found}” can be read in more than one way. The widest range was used.",
    "amount-unit-assumed": "No unit is given; the numbers of this column were read as {suggestion}.",
    "amount-unit-unclear": "No unit is given and the numbers fit several. The widest range was used: {suggestion}.",
    "amount-shared": "The cell “{found}” is merged over several rows. Each may be anything from 0 up to the whole amount.",
    "mass-unreadable": "The mass “{found}” was not understood and not used. Write the unit too.",
    "amount-mass-unknown": "“{found}” is a mass, and the mass of the whole is not given. Anything from 0 to 100 % is possible.",
    # identity
    "cas-check-digit": "“{found}” is not a CAS number: its check digit does not fit. Is it {suggestion}?",
    "cas-is-date": "“{found}” is a date. A spreadsheet program probably made it from the CAS number {suggestion}.",
    "cas-replaced": "The CAS number {found} has been replaced by {suggestion}. Both were checked.",
    "ec-check-digit": "“{found}” is not an EC number: its check digit does not fit. Is it {suggestion}?",
    "number-unreadable": "“{found}” is neither a CAS number nor an EC number.",
    "number-several": "The cell holds several substances: {found}. Each may be anything from 0 up to the whole amount.",
    "name-number-conflict": "Name and number disagree: {found}. Both were checked. Which one is right?",
    "name-ambiguous": "The name “{found}” stands for several substances: {suggestion}. All were checked. Give the CAS number.",
    "name-near": "The name “{found}” is not known. Is it {suggestion}?",
    "name-only": "“{found}” has no number. A name alone is never certain: give the CAS number ({suggestion}).",
    "smiles-unreadable": "The structure “{found}” cannot be read.",
    "substance-undisclosed": "“{found}” hides what the substance is. It counts as undisclosed.",
    "substance-unidentified": "Nobody can say what “{found}” is. Give the CAS number. It counts as undisclosed.",
    # judging
    "statement-contradicted": "The supplier states {found}, and the lines of the same article say otherwise. The lines count.",
    "derogation-unknown": "The derogation “{found}” is not one of the list's: {suggestion}.",
    "waiver-incomplete": "A waiver lacks {found}. It was not used.",
    "waiver-refused": "A waiver cannot lift a statutory duty: {found}. It was not used.",
}

REASONS: dict[str, str] = {
    # findings
    "above": "The share is above the limit.",
    "below": "The share is not above the limit.",
    "listed": "The list sets no limit for articles.",
    "absent": "The supplier declares that there is none of it.",
    "straddles": "The range that was given lies on both sides of the limit.",
    "amount-missing": "No amount was given.",
    "members-sum": "Each substance of the group is below the limit, and together they may be above it.",
    "basis-coarser": "The share is of something larger than the law looks at; in the part itself it may be higher.",
    "basis-finer": "The share is of something smaller than the law looks at; masses would tell the share of the whole.",
    "basis-other": "The share is of something else than the law looks at.",
    "not-from-content": "The limit is about release, which no composition can tell.",
    "condition-unknown": "It applies if {condition}, and nobody has said whether that is so.",
    "condition-false": "It does not apply: {condition}.",
    "not-yet-binding": "The limit did not bind on that day.",
    "no-longer-binding": "The limit had ended by that day.",
    "limit-unconfirmed": "The limit has not been confirmed against the legal text.",
    "watch-list": "The list names a suspicion, not a duty.",
    "trace-only": "The limit is for unintended traces: intended use is forbidden below it too.",
    "derogation": "A legal derogation applies.",
    "derogation-expired": "The derogation that the supplier claims has ended.",
    "derogation-exceeded": "The share is outside what the derogation lets off.",
    "derogation-unconfirmed": "Whether the derogation that the supplier claims still holds has not been confirmed.",
    "derogation-possible": "A derogation may apply to this material. Ask the supplier which one.",
    # why a match is only possible
    "name-only": "Only the name points to it.",
    "identity-disputed": "Name and number point to different substances.",
    "several-numbers": "The cell names several substances for one amount.",
    "variable-composition": "The substance has no single structure: it may belong to the group or not.",
    "isomer-differs": "The structure is the same but for its spatial form.",
    "number-repaired": "The number as written does not exist, and what it may have been meant to be is on the list.",
    "member-conditional": "It belongs to the entry only under a further condition.",
    "registry-structure": "The structure comes from a registry, not from the supplier.",
    # verdicts
    "all-disclosed": "Everything is disclosed, and nothing of it is listed.",
    "statement": "The supplier states that nothing is above the limit.",
    "assumed-complete": "It was assumed that the declaration is complete.",
    "nothing-declared": "Nothing was declared that answers for this list.",
    "undisclosed": "Part of the article is not disclosed.",
    "rounding": "The shares are rounded too coarsely to rule out what is not named.",
    "group-rule-pending": "The list has groups that no number and no rule decides yet.",
    "statement-outdated": "The statement is older than an entry or limit of the list.",
    "statement-expired": "The statement has lapsed.",
    "statement-basis": "The statement speaks of something else than the law looks at.",
    "statement-undated": "The statement does not say which edition of the list it answers.",
    "does-not-know": "The supplier answers that it does not know.",
    "contains-unspecified": "The supplier states that something on the list is in the article, and no line says what.",
    "list-condition-false": "The list does not apply to this article: {condition}.",
}
