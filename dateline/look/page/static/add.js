// Files dropped anywhere on the form's page, told before they are sent; a reading followed as it goes.
// Without it the form has a button for files, and the page of a reading comes anew by itself.

const form = document.querySelector("form.adder");
const files = form?.elements.namedItem("files");
const mega = (bytes) => (bytes / 1048576).toLocaleString("en", { maximumFractionDigits: 1 });

/** Say what is chosen, and keep back what the server would refuse. */
function chosen() {
  const size = [...files.files].reduce((sum, file) => sum + file.size, 0);
  const limit = Number(form.dataset.limit);
  const count = files.files.length;
  const over = size > limit * 0.99; // the form itself takes some
  const words = count ? `${count} ${count === 1 ? "file" : "files"}, ${mega(size)} MB` : "";
  const wrong = over ? `${words}: more than ${mega(limit)} MB. Add them in parts, or read them by “dateline read”.` : "";
  files.setCustomValidity(wrong);
  form.querySelector(".chosen").textContent = wrong || words;
}

if (form) {
  const dragged = (event) => event.dataTransfer?.types.includes("Files");
  files.addEventListener("change", chosen);
  addEventListener("dragover", (event) => {
    if (!dragged(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    if (!dragged(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    files.files = event.dataTransfer.files;
    chosen();
  });
}

const job = document.querySelector(".job[data-events]");

/** One more line; words only ever go in as text. */
function add(step) {
  const line = document.createElement("li");
  line.className = step.kind;
  if (step.href) {
    const link = document.createElement("a");
    link.href = step.href;
    link.textContent = step.words;
    line.append(link);
  } else {
    line.textContent = step.words;
  }
  job.querySelector(".steps").append(line);
}

if (job) {
  const source = new EventSource(job.dataset.events); // comes back by itself, from the last step it has seen
  const told = job.querySelector(".how-far");
  const progress = job.querySelector("progress");
  source.addEventListener("step", (event) => {
    const step = JSON.parse(event.data);
    told.textContent = step.told;
    progress.max = Math.max(step.met, 1);
    progress.value = step.finished;
    if (step.kind !== "state") add(step);
  });
  source.addEventListener("over", (event) => {
    source.close();
    told.textContent = JSON.parse(event.data).told;
    progress.value = progress.max;
  });
}
