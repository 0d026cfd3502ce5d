"""Parse: the work of a small English spaCy pipeline, done faster with the same results.

Everything that departs from spaCy's own path lives here. ``pipeline.quick`` takes a loaded
pipeline apart if it knows every piece of it, and gives None for any other, which then runs as
spaCy runs it. Tests compare tags, heads, labels, lemmas and entities token by token.

What is done differently, and why (docs/performance.md has the figures):

* Matrix products go through numpy's BLAS in tiles of one fixed height (`layers`): a row's result then
  depends on that row alone, not on how many rows stand beside it.
* A token's embedding depends on its form only, so it is worked out once a form (`lexicon`).
* Entities and heads are decoded for many paragraphs in lockstep (`entities`, `attachments`): one product
  scores a step of all of them.
* What the attribute ruler and the lemmatizer say of a token depends on its form, tag and label, so
  they are asked once for each such triple (`morphology`).
"""
