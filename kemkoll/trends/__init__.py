"""What an assortment came to over the years: figures that say what they count and how sure they are.

Pure functions on the tables of `kemkoll.tables.trends`; nothing here reads a store, a clock or a file.

    indicators(panel, *, readings, weights, groupings, pairs, price_index) -> INDICATORS   K0-K12, K18
    flows(panel, *, readings, groupings, pairs)       -> FLOWS         K8
    flow_of(panel, base, period, reading)             -> article, flow: the articles behind each bar
    outcomes(panel, *, groupings)                     -> OUTCOMES      F4: what became of articles
    matrix(panels, period, *, reading)                -> MATRIX        F6: category x list
    top_substances(panel, period, *, base, most)      -> TOP           T5
    substitutions(panel, base, period, reading)       -> SUBSTITUTED   F9: from what to what
    follow_up(periods, deviations, waived)            -> INDICATORS    K13
    targets(figures, aims, panel)                     -> TARGETS       K14
    verification(periods, samples)                    -> INDICATORS    K15
    conclusion(tested, failing), least_tested(share)  what a sample of some size can say (story S4)
    responses(periods, enquiries)                     -> INDICATORS    K16
    nordic(panels, *, reading, grouping)              -> INDICATORS    K17
    under_contract(panel)                             -> Panel         of contract products: what K17 counts
    hidden(panel, groupings, *, least)                -> HIDDEN        what nobody outside may see
    suppress(table, hidden)                           -> the table     without its numbers

`readings` are of `Reading`, `weights` of `Weight`, `groupings` of `Grouping` with "" for all articles
together, `wider(category)` for a category with all below it, or `SUPPLIER_SIZE` (by how many articles the
supplier has: what is unknown by it belongs to K16).
`pairs` are (base, period), row numbers of PERIODS that are compared; without them each period
with the base of the series and with the period before it. A group "-" holds what nobody has put into one,
so that groups add up.

The indicators, with a letter where one has several figures. A reduction is positive where it became less.

    K0           share declared; K0_1 … K0_5: by evidence of at least that level (`EvidenceLevel`)
    K1, K6, K7   reduction of the number that contains: fixed list; reread; naive, each year by its own list
    K1b          number that contains
    K2           share of the declared that contains; K2b: its reduction; K2c: the difference, points
    K3           share of all, from known to possible; the bounds of K1 are its `low` and `high`
    K4, K5       like for like: same article; same function, where a successor stands for what it replaced
    K8           net change; K8a: real change; K8b: effect of information; K8c: unexplained (K8 is their sum,
                 and with groups what moved between them)
    K9           substituted, of those that left; K9b: of those of the base
    K10          regrettable, of the substituted; K10b: share whose replacement is not known
    K11          share of spend; K11b: its reduction; K11c: the difference, points; K11d: total; K11e:
    reduction
                 of the total; K11f: of the deflated total; K11g: share of articles whose spend is known
    K12          units that contain; K12b: their reduction; K12c: share of units; K12d: kg of what the list
                 names; K12e: its reduction; K12g: share of articles whose units are known; K12h: share of the
                 containing articles whose content is known
    K13          deviations open; K13b: closed in the year; K13c: median days to closure; K13d: open and
    accepted;
                 K13e: waivers in force; K13f: ending within 12 months; K13g: ended; K13h: in force with a
                 duty to phase out; K13i: of them past their day; K13j: median age of the open, days
    K15          articles tested; K15b: share above the contract's limit; K15c: above the law's; K15d: share
    in
                 which the laboratory confirms what was declared; K15e: of those declared free, found above
    K16          share answered within 45 days; K16b: after a reminder, of the reminded; K16c: answered at all
    K17          contract products without restricted substances; K17:<list> for each list alone
    K18          entries of the list; K18b: articles that only the newer entries meet
"""

from kemkoll.trends.aiming import Target, targets
from kemkoll.trends.answering import DAYS_TO_ANSWER, responses
from kemkoll.trends.crossing import IN, LETTER, OUT, Flow
from kemkoll.trends.flowing import flow_of, flows, net
from kemkoll.trends.grid import pairs_of
from kemkoll.trends.grouping import ALL, SUPPLIER_SIZE, UNGROUPED, wider
from kemkoll.trends.intervals import Conclusion, conclusion, least_tested
from kemkoll.trends.pursuit import follow_up
from kemkoll.trends.reckoning import REDUCTION, indicators
from kemkoll.trends.restricted import nordic, under_contract
from kemkoll.trends.showing import matrix, outcomes, substitutions, top_substances
from kemkoll.trends.suppressing import hidden, suppress
from kemkoll.trends.verifying import verification

__all__ = [
    "ALL",
    "DAYS_TO_ANSWER",
    "IN",
    "LETTER",
    "OUT",
    "REDUCTION",
    "SUPPLIER_SIZE",
    "UNGROUPED",
    "Conclusion",
    "Flow",
    "Target",
    "conclusion",
    "flow_of",
    "flows",
    "follow_up",
    "hidden",
    "indicators",
    "least_tested",
    "matrix",
    "net",
    "nordic",
    "outcomes",
    "pairs_of",
    "responses",
    "substitutions",
    "suppress",
    "targets",
    "top_substances",
    "under_contract",
    "verification",
    "wider",
]
