// A place moved on a map: a marker to drag, or a click where it belongs, sets the fields of the form, and the fields set
// the marker. Without this module the fields and the look-up by name do the same.
//
//   <div id="place-map" data-base="…/base.json" data-worker="…/maplibre-gl-worker.mjs" data-tiles="" data-near='[["Kyiv", 50.45, 30.52]]'></div>
//
// The form holds inputs named lat, lon and radius_km, and may hold radios named found with data-lat, data-lon, ….
import { Map as Chart, Marker, NavigationControl, setWorkerUrl } from "./maplibre-gl.mjs";
import { circle, collection, json, style, token } from "./map.mjs";

const FINE = 5; // decimals of a degree: about a metre
const CLOSE = 9;
const FAR = 2;

const form = document.querySelector("form.correct");
const field = (name) => form.querySelector(`input[name="${name}"]`);

function number(name) {
  const words = field(name).value.trim();
  return words === "" || Number.isNaN(Number(words)) ? null : Number(words);
}

function write(name, value) {
  const to = field(name);
  if (!to || to.value === value) return;
  to.value = value;
  to.dispatchEvent(new Event("change", { bubbles: true }));
}

function moved({ lng, lat }) {
  for (const radio of form.querySelectorAll("input[name=found]")) radio.checked = false;
  write("lat", lat.toFixed(FINE));
  write("lon", lng.toFixed(FINE));
  write("geonames_id", ""); // it is no longer where the gazetteer has it
}

/** The marker and its circle, as the fields have them; false where they hold no place. */
function drawn(map, marker) {
  const [lat, lon] = [number("lat"), number("lon")];
  const placed = lat !== null && lon !== null && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  if (placed) marker.setLngLat([lon, lat]).addTo(map);
  else marker.remove();
  const km = number("radius_km");
  const ring = placed && km > 0 ? [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [circle([lon, lat], km)] } }] : [];
  map.getSource("radius").setData(collection(ring));
  return placed;
}

function listen(map, marker) {
  map.on("click", (event) => moved(event.lngLat));
  marker.on("dragend", () => moved(marker.getLngLat().wrap()));
  form.addEventListener("change", (event) => {
    if (event.target.name === "found")
      for (const name of ["lat", "lon", "radius_km", "country", "geonames_id"]) write(name, event.target.dataset[name] ?? "");
    if (["lat", "lon", "radius_km", "found"].includes(event.target.name) && drawn(map, marker) && event.target.name === "found")
      map.jumpTo({ center: marker.getLngLat(), zoom: CLOSE });
  });
}

/** Other places by name, to know one's way about. */
function addTowns(map, towns) {
  const points = towns.map(([name, lat, lon]) => ({ type: "Feature", properties: { name }, geometry: { type: "Point", coordinates: [lon, lat] } }));
  map.addSource("towns", { type: "geojson", data: collection(points) });
  map.addLayer({ id: "towns", type: "circle", source: "towns", paint: { "circle-radius": 2.5, "circle-color": token("--ink-2") } });
  map.addLayer({ id: "town-names", type: "symbol", source: "towns",
    layout: { "text-field": ["get", "name"], "text-size": 12, "text-font": ["sans-serif"], "text-anchor": "left", "text-offset": [0.6, 0] },
    paint: { "text-color": token("--ink-2"), "text-halo-color": token("--paper"), "text-halo-width": 1.4 } });
}

async function show(box) {
  setWorkerUrl(new URL(box.dataset.worker, location.href).href);
  const base = await json(box.dataset.base);
  const [lat, lon] = [number("lat"), number("lon")];
  const placed = lat !== null && lon !== null;
  box.hidden = false;
  const map = new Chart({ container: box, style: style(base, box.dataset.tiles), center: placed ? [lon, lat] : [20, 30], zoom: placed ? CLOSE : FAR,
    attributionControl: { compact: true }, dragRotate: false, pitchWithRotate: false, locale: { "Map.Title": "Where the place is: click or drag the marker" } });
  map.addControl(new NavigationControl({ showCompass: false }));
  const colour = token("--place");
  const marker = new Marker({ draggable: true, color: colour });
  map.on("load", () => {
    addTowns(map, JSON.parse(box.dataset.near));
    map.addSource("radius", { type: "geojson", data: collection([]) });
    map.addLayer({ id: "radius", type: "line", source: "radius", paint: { "line-color": colour, "line-width": 1.5, "line-dasharray": [3, 2] } });
    drawn(map, marker);
    listen(map, marker);
    box.classList.add("map-live");
  });
}

const box = document.getElementById("place-map");
if (box && form) show(box).catch((error) => { box.hidden = true; box.dataset.failed = String(error); });
