// The report: a mark and its record light up together, the margin opens where a record is asked for, and words that
// carry several records let the reader step through them. All of it works by links alone too.

/** All pieces of a record: its words, wherever they were cut, and its line. */
const pieces = (record) => document.querySelectorAll(`[data-record="${CSS.escape(record)}"]`);

function light(record) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!record) return;
  for (const piece of pieces(record)) piece.classList.add("lit");
}

/** A record in a folded margin cannot be a target: unfold it first. */
function unfold() {
  const [, way, record] = /^#([mr])-(\w+)$/.exec(location.hash) ?? [];
  if (!record) return;
  light(record);
  const line = document.getElementById(`r-${record}`);
  const margin = line?.closest("details");
  if (margin && way === "r") {
    margin.open = true;
    line.scrollIntoView({ block: "nearest" });
  }
}

for (const eventName of ["pointerover", "focusin"]) {
  document.querySelector(".report")?.addEventListener(eventName, (event) => light(event.target.closest?.("[data-record]")?.dataset.record));
}
addEventListener("hashchange", unfold);
unfold();

// Adding a record: words selected in the text become offsets, in code points as everywhere.
const adding = document.querySelector(".adding");
const paragraphOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("p.text");

function offset(node, at) {
  const paragraph = paragraphOf(node);
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, at);
  return Number(paragraph.dataset.start) + [...before.toString()].length;
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!adding || !selection.rangeCount || adding.contains(document.activeElement)) return;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  const [start, end] = [offset(startContainer, startOffset), offset(endContainer, endOffset)];
  adding.hidden = start === null || end === null || start >= end;
  if (adding.hidden) return;
  adding.elements.start.value = start;
  adding.elements.end.value = end;
});
