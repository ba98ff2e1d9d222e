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
    "file-too-large": "The file holds more than kemkoll reads: {found}. Split it.",
    "file-binary": "The file is not text, a workbook, or any format kemkoll reads ({found}).",
    "file-no-table": "No table of substances or statements was found. A table needs a header row such as "
    "“Artikelnummer, Ämne, CAS-nr, Halt”.",
    "file-is-result": "This is a result that kemkoll wrote, not a declaration. Leave it out; a result to judge anew is the JSON document.",
    "file-disguised": "The name ends in {found}, and the content is {suggestion}. It was read as what it is.",
    # structure of a table
    "column-unknown": "The column “{found}” was not understood and not used.",
    "column-assumed": "The column “{found}” does not say what it is; beside the others it was read as {suggestion}.",
    "column-repeated": "Two columns say the same: “{found}”. The first was used.",
    "table-unused": "A table was not used: {found}.",
    "row-unused": "The row is neither a line nor a heading that is understood, and was not used: {found}.",
    "formula-unsaved": "The cell holds a formula without its result: {found}. Open the file in a spreadsheet program, and "
    "save it.",
    "form-newer": "The form is of version {found}, and kemkoll knows {suggestion}. It was read as that: check what was read, "
    "or take a newer kemkoll.",
    "article-missing": "The row names no article. It was kept under the article “{suggestion}”.",
    "component-unknown": "The component “{found}” is part of “{suggestion}”, which is not in the file.",
    "line-empty": "The row has an amount but no substance. It counts as undisclosed.",
    "line-repeated": "The same line stands more than once in the declaration. It was counted once.",
    "date-unreadable": "The date “{found}” was not understood. Write it as 2026-11-22.",
    "date-conflict": "Several dates say when the article is placed on the market: {found} and {suggestion}. "
    "The latest counts.",
    "condition-unreadable": "The condition “{found}” was not understood. Write name=yes or name=no.",
    "condition-conflict": "The facts contradict each other: {found}. The fact counts as unknown.",
    "list-unknown": "The list “{found}” is not one that kemkoll knows. Is it {suggestion}?",
    "answer-unreadable": "The answer “{found}” was not understood. Write none, contains, or do not know.",
    "severity-unreadable": "The severity “{found}” was not understood. Write phase_out or restrict.",
    "criterion-unreadable": "The criterion “{found}” was not understood. Write a class such as Repr. 1A, or the id of a list.",
    "limit-unreadable": "The limit “{found}” is not one exact share. Write it as 0.1 % or 75 mg/kg, or leave it empty.",
    "intended-unreadable": "Whether it was added on purpose is not clear from “{found}”. Write yes, no, or unknown.",
    "answer-partial": "The answer “{found}” is given for a part of the article only. It was not used for all of it.",
    "basis-unreadable": "The basis “{found}” was not understood. Write article, component, or material.",
    "gtin-check-digit": "The GTIN “{found}” is wrong: its check digit does not fit.",
    # amounts
    "amount-missing": "No amount is given. Anything from 0 to 100 % is possible.",
    "amount-trace": "“{found}” is not an amount. Anything from 0 to 100 % is possible.",
    "amount-unreadable": "The amount “{found}” was not understood. Anything from 0 to 100 % is possible.",
    "complete-unreadable": "The share “{found}” down to which everything is declared was not understood. Write it as 0.1 %.",
    "complete-partial": "Not all rows of the article say that everything is declared down to “{found}”. It was not used.",
    "amount-over-whole": "The amount “{found}” is more than 100 %. It was cut to 100 %.",
    "amount-ambiguous": "The amount “{found}” can be read in more than one way. The widest range was used.",
    "amount-unit-assumed": "No unit is given; the numbers of this column were read as {suggestion}.",
    "amount-unit-unclear": "No unit is given, and the numbers fit several units ({suggestion}). The widest range was used.",
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
    "statement-contradicted": "The supplier states that nothing on the list {found} is in the article, and a line of the same article names something on it. The line counts.",
    "derogation-unknown": "No list has the derogation “{found}”. Is it {suggestion}?",
    "waiver-incomplete": "A waiver needs ground, decision (its number), decider and until (its last day), and lacks {found}. It was not used.",
    "waiver-refused": "A waiver cannot lift a statutory duty: {found}. It was not used.",
}

REASONS: dict[str, str] = {
    # findings
    "above": "The share is above the limit.",
    "justification-required": "The share is above the limit. It is not forbidden: the maker must justify it and label the "
    "device.",
    "below": "The share is not above the limit.",
    "listed": "The list sets no limit for articles.",
    "suspected": "The list names a suspicion: authorities have not finished judging the substance.",
    "absent": "The supplier declares that there is none of it.",
    "straddles": "The range that was given lies on both sides of the limit.",
    "amount-missing": "No amount was given.",
    "members-sum": "Each substance of the group is below the limit, and together they may be above it.",
    "basis-coarser": "The share is given for a larger part than the law looks at; in one of its smaller parts it may be higher.",
    "basis-finer": "The share is given for a smaller part than the law looks at, such as a coating. With the masses of both, the share of the larger part follows.",
    "not-from-content": "The limit is about release, which no composition can tell.",
    "condition-unknown": "It applies if {condition}, and nobody has said whether that is so.",
    "condition-false": "It does not apply: {condition}.",
    "not-yet-binding": "The limit did not bind on that day.",
    "no-longer-binding": "The limit had ended by that day.",
    "limit-unconfirmed": "The limit has not been confirmed against the legal text.",
    "scope-narrower": "This limit is only for some articles: the name of the entry or its paragraph says which. kemkoll cannot tell whether this article is one of them. If it is not, the limit does not apply.",
    "not-intended": "The supplier says that it was not added on purpose, which the ban may be about.",
    "added-in-doubt": "What is added on purpose is forbidden in any amount. The supplier says that it was added, and an "
    "amount that may be nothing.",
    "watch-list": "It is watched, and no duty yet: the substance is suspected, or is to be phased out.",
    "trace-only": "The limit is for unintended traces: intended use is forbidden below it too.",
    "derogation": "A legal derogation applies.",
    "derogation-expired": "The derogation that the supplier claims has ended.",
    "derogation-exceeded": "The share is outside what the derogation lets off.",
    "derogation-outside": "The article is not one that the claimed derogation lets off.",
    "derogation-unconfirmed": "Whether the derogation that the supplier claims holds here has not been confirmed.",
    "derogation-possible": "A derogation may apply to this material. Ask the supplier which one.",
    # why a match is only possible
    "name-only": "Only the name points to it.",
    "identity-disputed": "Name and number point to different substances.",
    "several-numbers": "The cell names several substances for one amount.",
    "variable-composition": "The substance has no single structure (it is a polymer, an alloy or a mixture): whether it is what the list means, and how much of it is, is open.",
    "isomer-differs": "It has the structure of a listed substance, but for its spatial form, which differs or is not given.",
    "number-repaired": "The number as written does not exist, and what it may have been meant to be is on the list.",
    "member-conditional": "It is on the list only under a further condition, and the declaration does not say whether that is met.",
    "wording-unclear": "The words may say that it is there, or that it is not.",
    # verdicts
    "all-disclosed": "Everything is disclosed, and nothing of it is listed.",
    "statement": "The supplier states that nothing is above the limit.",
    "none-applies": "No entry of the list asks anything of such an article.",
    "assumed-complete": "It was assumed that the declaration is complete.",
    "nothing-declared": "Nothing was declared that answers for this list.",
    "undisclosed": "Part of the article is not disclosed.",
    "rounding": "The shares are rounded too coarsely to rule out what is not named.",
    "formula-unknown": "Something that is named has no known formula (a polymer, an alloy, a mixture): what it holds is open.",
    "group-rule-pending": "The list has groups that no number and no rule decides yet.",
    "declaration-expired": "The declaration is no longer valid.",
    "statement-outdated": "The statement is older than an entry or limit of the list.",
    "statement-expired": "The statement is no longer valid.",
    "statement-basis": "The statement is about a larger part than the law looks at, such as the whole article.",
    "statement-undated": "The statement does not say which edition of the list it answers.",
    "does-not-know": "The supplier answers that it does not know.",
    "contains-unspecified": "The supplier states that something on the list is in the article, and no line says what.",
    "list-condition-false": "The list does not apply to this article: {condition}.",
}
