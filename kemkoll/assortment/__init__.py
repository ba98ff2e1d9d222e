"""What a buyer does with a database over the years: add, judge, compare, decide, let off, and look back.

    adding      suppliers' declarations in
    scope       which articles are meant, and by which profile and lists each of them is judged
    facts       what the buyer knows of an article, as facts that limits depend on
    batches     judge a scope and keep what follows
    waivers     what the buyer accepts for a time; `waived`: which articles that is about
    activity    which new rows of contracts wait for a declaration; `activating`: who let them in without
    review      what a person must look at, and decides; `cases`: one of them, whole; `decided`: what holds

Each is a function on what the database knew at a moment (`store.Known`), or makes one event (`store.Change`).
"""
