// Puts the interactive map in the place of the drawn one, after the page has been painted; the drawing stays without WebGL.
const box = document.getElementById("map");
if (box) {
  try {
    const { show } = await import(box.dataset.module);
    await show(box);
    box.classList.add("live");
  } catch (error) {
    box.dataset.failed = String(error);
  }
}
