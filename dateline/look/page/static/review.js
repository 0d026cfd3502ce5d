// Review by keyboard, and offsets from words selected with mouse or keyboard. Without it every form still works.

const form = document.querySelector("form.correct");
const context = document.querySelector(".context");

/** Code points before a place in the shown words: offsets count these, JavaScript counts UTF-16 units. */
function offset(node, at) {
  const before = document.createRange();
  before.setStart(context, 0);
  before.setEnd(node, at);
  return Number(context.dataset.start) + [...before.toString()].length;
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!context?.contains(range.startContainer) || !context.contains(range.endContainer)) return null;
  return [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
}

function take(button) {
  const words = selected();
  const field = document.getElementById(button.dataset.for);
  if (!words) return;
  const span = `${words[0]}–${words[1]}`;
  field.value = field.dataset.span === "spans" && field.dataset.more ? `${field.value}, ${span}` : span;
  field.dataset.more = "yes";
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const button of document.querySelectorAll(".take")) {
  button.addEventListener("mousedown", (event) => event.preventDefault()); // keep the selection
  button.addEventListener("click", () => take(button));
}
document.addEventListener("selectionchange", () => {
  const words = selected() !== null;
  for (const button of document.querySelectorAll(".take")) button.hidden = !words;
});
form?.addEventListener("change", (event) => event.target.closest("tr")?.classList.add("changed"));

const press = (value) => form?.querySelector(`button[value="${value}"]`)?.click();
const follow = (name) => document.querySelector(`a.${name}`)?.click();
const KEYS = {
  j: () => follow("ahead"), k: () => follow("back"), s: () => press("save"), a: () => press("accept"), x: () => press("reject"),
  u: () => document.querySelector(".history li:not(.undone) form.undo button")?.click(),
};

addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.activeElement?.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select")) return;
  if (/^[1-9]$/.test(event.key)) {
    const row = form?.querySelectorAll("tbody tr")[Number(event.key) - 1];
    row?.querySelector("td:last-child :is(select, input:not([type=hidden]))")?.focus();
    event.preventDefault();
  } else if (KEYS[event.key.toLowerCase()]) {
    KEYS[event.key.toLowerCase()]();
    event.preventDefault();
  }
});
document.querySelector(".queue [aria-current]")?.scrollIntoView({ block: "nearest" });
