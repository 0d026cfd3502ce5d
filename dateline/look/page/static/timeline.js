// The timeline and the look back, by mouse and keyboard. Without this, links and forms do the same.

/** As of: a slider over the hours of the reports, beside the form that takes a moment. */
for (const form of document.querySelectorAll("form[data-as-of]")) {
  const [first, last] = [form.dataset.first, form.dataset.last].map((moment) => Date.parse(moment));
  if (!(last > first)) continue;
  const hour = 3600e3;
  const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: Math.ceil((last - first) / hour), step: 1 });
  const known = Date.parse(form.dataset.known || form.dataset.last);
  slider.value = Math.ceil((known - first) / hour);
  slider.setAttribute("aria-label", "As known at, by the hour");
  const moment = () => new Date(first + slider.value * hour);
  const words = () => moment().toLocaleString("en-GB", { timeZone: form.dataset.zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const told = Object.assign(document.createElement("output"), { className: "num", textContent: words() });
  slider.setAttribute("aria-valuetext", words());
  slider.addEventListener("input", () => {
    told.textContent = words();
    slider.setAttribute("aria-valuetext", words());
  });
  slider.addEventListener("change", () => {
    const at = form.elements.at;
    at.type = "hidden";
    at.value = Number(slider.value) >= Number(slider.max) ? "" : moment().toISOString();
    form.submit();
  });
  form.append(slider, told);
}

/** Zoom by keyboard: + and − closer and wider, arrows earlier and later, 0 everything. */
const links = [...document.querySelectorAll("[data-timeline] a.button")];
const go = (name) => links.find((link) => link.textContent.includes(name))?.click();
const KEYS = { "+": "Closer", "=": "Closer", "-": "Wider", ArrowLeft: "Earlier", ArrowRight: "Later", 0: "Everything" };
if (links.length) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    if (KEYS[event.key]) {
      go(KEYS[event.key]);
      event.preventDefault();
    }
  });
}

/** Drag over the strip to see that stretch of time. */
const strip = document.querySelector("svg.strip[data-start]");
if (strip) {
  const [start, end] = [strip.dataset.start, strip.dataset.end].map((moment) => Date.parse(moment));
  const picked = strip.querySelector(".window");
  const share = (event) => {
    const box = strip.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  let from = null;
  strip.style.touchAction = "pan-y";
  strip.addEventListener("pointerdown", (event) => {
    from = share(event);
    strip.setPointerCapture(event.pointerId);
  });
  strip.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const [a, b] = [from, share(event)].sort((x, y) => x - y);
    picked.setAttribute("x", `${a * 100}%`);
    picked.setAttribute("width", `${Math.max(0.4, (b - a) * 100)}%`);
  });
  strip.addEventListener("pointerup", (event) => {
    const [a, b] = [from, share(event)].sort((x, y) => x - y);
    from = null;
    if (b - a < 0.005) return;
    const query = new URLSearchParams(location.search);
    query.set("since", new Date(start + a * (end - start)).toISOString());
    query.set("until", new Date(start + b * (end - start)).toISOString());
    location.search = query;
  });
}
