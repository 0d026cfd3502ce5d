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
