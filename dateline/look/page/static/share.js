// Search in a shared file: parts that do not hold all the words are hidden.
const box = document.getElementById("q");
const told = document.getElementById("found");
const parts = document.querySelectorAll("article, .questions > li, #incidents tbody tr, .tl tbody tr:not(.lane)");

function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const part of parts) {
    const text = part.textContent.toLowerCase();
    part.hidden = !words.every((word) => text.includes(word));
    count += !part.hidden;
  }
  told.hidden = !words.length;
  told.textContent = count ? `${count} of ${parts.length} parts hold these words` : "Nothing here holds all these words";
}

box.form.addEventListener("submit", (event) => event.preventDefault());
box.addEventListener("input", search);
