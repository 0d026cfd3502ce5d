// The interactive map: points with the radius they are known to, areas, countries, clusters. Everything comes from this
// server: the base map is a file, letters are drawn by the browser. A tile URL of the user's own is the one exception.
//
//   <div id="map" data-base="…/base.json" data-points="…/map.json?…" data-worker="…/maplibre-gl-worker.mjs" data-tiles=""></div>
//
// data-points answers GeoJSON: Point features with `id`, `label`, `href`, `radius_km`, `certainty` (happened, claimed, planned,
// denied), `place` (its name), `when` (words), `earliest`, `latest` (ISO or null), `level` ("point", "area", "country"), `iso3`. The map tells the page what is in
// view with the event "dateline:view" ({detail: {bbox}}), and listens for "dateline:window" ({detail: {since, until}}).
import { LngLatBounds, Map as Chart, NavigationControl, Popup, setWorkerUrl } from "./maplibre-gl.mjs";

const EARTH_KM = 6371.009;
const SIDES = 48;
const CLUSTER_PX = 36;

export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A circle on the ground as a ring of [lon, lat]. */
export function circle([lon, lat], km) {
  const [a, arc] = [(lat * Math.PI) / 180, km / EARTH_KM];
  return Array.from({ length: SIDES + 1 }, (_, i) => {
    const course = ((i % SIDES) * 2 * Math.PI) / SIDES;
    const b = Math.asin(Math.sin(a) * Math.cos(arc) + Math.cos(a) * Math.sin(arc) * Math.cos(course));
    const turn = Math.atan2(Math.sin(course) * Math.sin(arc) * Math.cos(a), Math.cos(arc) - Math.sin(a) * Math.sin(b));
    return [lon + (turn * 180) / Math.PI, (b * 180) / Math.PI];
  });
}

export const collection = (features) => ({ type: "FeatureCollection", features });

function radii(points) {
  return collection(points.filter(({ properties: p }) => p.radius_km > 0 && p.level !== "country").map((point) => ({
    type: "Feature",
    properties: point.properties,
    geometry: { type: "Polygon", coordinates: [circle(point.geometry.coordinates, point.properties.radius_km)] },
  })));
}

/** How many country-level events each country has; its shape is tinted, since a point there would say too much. */
function countries(base, points) {
  const counts = new Map();
  for (const { properties: p } of points) if (p.level === "country" && p.iso3) counts.set(p.iso3, (counts.get(p.iso3) ?? 0) + 1);
  return collection(base.features.filter((f) => f.properties.kind === "country" && counts.has(f.properties.iso3))
    .map((f) => ({ ...f, properties: { ...f.properties, count: counts.get(f.properties.iso3) } })));
}

function within(points, { since, until }) {
  return points.filter(({ properties: p }) => (!until || !p.earliest || p.earliest < until) && (!since || !p.latest || p.latest > since));
}

/** The base map as a MapLibre style, in the colours of the page. */
export function style(base, tiles) {
  const [ground, water, line, ink] = ["--paper", "--paper-3", "--rule", "--ink-2"].map(token);
  const kind = (name) => ["==", ["get", "kind"], name];
  const layers = [
    { id: "water", type: "background", paint: { "background-color": water || "#e8eef2" } },
    { id: "land", type: "fill", source: "base", filter: kind("country"), paint: { "fill-color": ground || "#fff" } },
    ...(tiles ? [{ id: "tiles", type: "raster", source: "tiles" }] : []),
    { id: "country-events", type: "fill", source: "countries", paint: { "fill-color": token("--event") || "#b5432a", "fill-opacity": 0.14 } },
    { id: "coast", type: "line", source: "base", filter: kind("country"), paint: { "line-color": line || "#bbb", "line-width": 0.4 } },
    { id: "borders", type: "line", source: "base", filter: kind("border"), paint: { "line-color": ink || "#777", "line-width": 0.8 } },
    { id: "disputed", type: "line", source: "base", filter: kind("disputed"), paint: { "line-color": ink || "#777", "line-width": 1, "line-dasharray": [2, 2] } },
    { id: "names", type: "symbol", source: "base", filter: kind("label"),
      layout: { "text-field": ["get", "name"], "text-size": 11, "text-font": ["sans-serif"], "symbol-sort-key": ["-", 0, ["get", "size"]] },
      paint: { "text-color": ink || "#666", "text-halo-color": ground || "#fff", "text-halo-width": 1.2 } },
  ];
  const sources = { base: { type: "geojson", data: base, attribution: base.attribution }, countries: { type: "geojson", data: collection([]) } };
  if (tiles) sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256 };
  return { version: 8, sources, layers };
}

function addEvents(map) {
  const colour = token("--event") || "#b5432a";
  map.addSource("radii", { type: "geojson", data: collection([]) });
  map.addSource("points", { type: "geojson", data: collection([]), cluster: true, clusterRadius: CLUSTER_PX });
  map.addLayer({ id: "radii", type: "fill", source: "radii", paint: { "fill-color": colour, "fill-opacity": 0.08 } });
  map.addLayer({ id: "radius-lines", type: "line", source: "radii", filter: ["==", ["get", "level"], "point"], paint: { "line-color": colour, "line-width": 1 } });
  map.addLayer({ id: "area-lines", type: "line", source: "radii", filter: ["==", ["get", "level"], "area"], paint: { "line-color": colour, "line-width": 1, "line-dasharray": [3, 2] } });
  map.addLayer({ id: "clusters", type: "circle", source: "points", filter: ["has", "point_count"],
    paint: { "circle-color": colour, "circle-radius": ["step", ["get", "point_count"], 11, 10, 14, 100, 18] } });
  map.addLayer({ id: "cluster-counts", type: "symbol", source: "points", filter: ["has", "point_count"],
    layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": 12, "text-font": ["sans-serif"] }, paint: { "text-color": token("--paper") || "#fff" } });
  const single = ["!", ["has", "point_count"]];
  map.addLayer({ id: "events", type: "circle", source: "points", filter: single, paint: {
    "circle-radius": 5, "circle-stroke-color": colour, "circle-stroke-width": 2,
    "circle-color": ["match", ["get", "certainty"], "happened", colour, token("--paper") || "#fff"],
    "circle-stroke-opacity": ["match", ["get", "certainty"], ["planned", "denied"], 0.5, 1] } });
  map.addLayer({ id: "event-places", type: "symbol", source: "points", filter: single,
    layout: { "text-field": ["coalesce", ["get", "place"], ""], "text-size": 12, "text-font": ["sans-serif"], "text-anchor": "left", "text-offset": [0.8, 0] },
    paint: { "text-color": token("--ink") || "#222", "text-halo-color": token("--paper") || "#fff", "text-halo-width": 1.4 } });
}

function tell(popup, map, feature) {
  const { label, href, radius_km: radius, when } = feature.properties;
  const link = Object.assign(document.createElement("a"), { href, textContent: label });
  const note = Object.assign(document.createElement("p"), { textContent: [when, radius ? `known to within ${Math.round(radius)} km` : ""].filter(Boolean).join(" · ") });
  const box = document.createElement("div");
  box.append(link, note);
  popup.setLngLat(feature.geometry.coordinates).setDOMContent(box).addTo(map);
}

function listen(map, box) {
  const popup = new Popup({ closeButton: true, maxWidth: "20rem" });
  map.on("click", "events", ({ features: [feature] }) => tell(popup, map, feature));
  map.on("click", "clusters", async ({ features: [cluster] }) => {
    const zoom = await map.getSource("points").getClusterExpansionZoom(cluster.properties.cluster_id);
    map.easeTo({ center: cluster.geometry.coordinates, zoom, animate: !still });
  });
  for (const layer of ["events", "clusters"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("moveend", () => box.dispatchEvent(new CustomEvent("dateline:view", { bubbles: true, detail: { bbox: map.getBounds().toArray().flat() } })));
}

function bounds(points) {
  const shown = points.filter(({ properties: p }) => p.level !== "country");
  const all = (shown.length ? shown : points).map((p) => p.geometry.coordinates);
  return all.length ? all.reduce((box, at) => box.extend(at), new LngLatBounds(all[0], all[0])) : null;
}

export async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** Turn a box of the page into a map; what the box held before stays for readers without WebGL. */
export async function show(box) {
  setWorkerUrl(new URL(box.dataset.worker, location.href).href);
  const [base, { features: points }] = await Promise.all([json(box.dataset.base), json(box.dataset.points)]);
  const frame = document.createElement("div");
  frame.className = "map-frame";
  box.append(frame);
  let map;
  try {
    map = new Chart({ container: frame, style: style(base, box.dataset.tiles), bounds: bounds(points) ?? undefined,
      fitBoundsOptions: { padding: 40, maxZoom: 8 }, attributionControl: { compact: true }, dragRotate: false, pitchWithRotate: false, locale: { "Map.Title": "Map of events" } });
  } catch (error) {
    frame.remove();
    throw error;
  }
  map.addControl(new NavigationControl({ showCompass: false }));
  const fill = (span) => {
    const shown = within(points, span);
    map.getSource("points").setData(collection(shown.filter((p) => p.properties.level !== "country")));
    map.getSource("radii").setData(radii(shown));
    map.getSource("countries").setData(countries(base, shown));
  };
  map.on("load", () => {
    addEvents(map);
    listen(map, box);
    fill({});
    document.addEventListener("dateline:window", ({ detail }) => fill(detail));
    box.classList.add("map-live");
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());
  return map;
}

const box = document.getElementById("map");
if (box) show(box).catch((error) => { box.dataset.failed = String(error); });
