// Builds what the page's map needs into the Python package: the map library as it is published, our own module,
// and a base map as plain GeoJSON, so that neither a tile server nor a glyph server is ever asked.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { iso31661Alpha2ToAlpha3, iso31661NumericToAlpha2 } from "iso-3166";
import { feature, mesh } from "topojson-client";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "dateline", "look", "page", "static", "built");
const CRIMEA = [34.1, 44.95];
const OTHER_CODES = { Kosovo: "XKX" }; // of use, though ISO 3166 has none

const read = (name) => JSON.parse(readFileSync(join(here, name), "utf-8"));
const round = (value) => Math.round(value * 100) / 100; // about a kilometre: finer than the 1:50 m original

function rounded(coordinates) {
  if (typeof coordinates[0] === "number") return coordinates.map(round);
  return coordinates.map(rounded).filter((part, i, all) => typeof part[0] !== "number" || String(part) !== String(all[i - 1]));
}

/** A ring over the edge of the map, where 180° E is 180° W, as one ring on either side of it. */
function cut(ring) {
  const whole = [ring[0].slice()];
  for (const [x, y] of ring.slice(1)) {
    const turn = Math.round((x - whole.at(-1)[0]) / 360) * 360;
    whole.push([x - turn, y]);
  }
  const round = whole.at(-1)[0] - whole[0][0];
  if (Math.abs(round) > 180) whole.push([whole.at(-1)[0], -90], [whole[0][0], -90], whole[0]); // about the pole
  const edges = whole.map(([x]) => x);
  if (Math.min(...edges) >= -180 && Math.max(...edges) <= 180) return [whole];
  return [-360, 0, 360].map((by) => side(side(whole.map(([x, y]) => [x + by, y]), -180, 1), 180, -1)).filter((part) => part.length > 3);
}

/** The part of a ring on one side of a meridian (Sutherland and Hodgman 1974). */
function side(ring, edge, sign) {
  const keeps = ([x]) => sign * (x - edge) >= 0;
  const kept = [];
  ring.forEach((point, i) => {
    const last = ring[(i + ring.length - 1) % ring.length];
    if (keeps(point) !== keeps(last)) {
      const share = (edge - last[0]) / (point[0] - last[0]);
      kept.push([edge, last[1] + share * (point[1] - last[1])]);
    }
    if (keeps(point)) kept.push(point);
  });
  return kept.length ? [...kept, kept[0]] : kept;
}

/** Rings that rounding left more than a dot of. */
const rings = (polygon) => polygon.filter((ring) => ring.length > 3);

function contains(ring, [x, y]) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [ring[i], ring[j]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** Natural Earth's default draws Crimea as Russia's: give it a shape of its own, with Ukraine's code. */
function takeOutCrimea(topology) {
  const geometries = topology.objects.countries.geometries;
  const russia = geometries.find((geometry) => geometry.properties.name === "Russia");
  const index = feature(topology, russia).geometry.coordinates.findIndex(([ring]) => contains(ring, CRIMEA));
  if (index < 0) throw new Error("the base map has changed: no polygon of Russia holds Crimea");
  const [arcs] = russia.arcs.splice(index, 1);
  geometries.push({ type: "Polygon", arcs, id: "804", properties: { name: "Crimea" } });
}

function area(ring) {
  return Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - y * ring[(i + 1) % ring.length][0], 0)) / 2;
}

/** Where a country's name stands: the middle of its largest part. */
function middle(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const ring = polygons.flatMap(([outer]) => cut(outer)).sort((a, b) => area(b) - area(a))[0];
  const xs = ring.map(([x]) => x), ys = ring.map(([, y]) => y);
  return { at: [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2], size: area(ring) };
}

const named = (a, b, pair) => pair.includes(a.properties.name) && pair.includes(b.properties.name) && a !== b;
const inside = ([x, y], [west, south, east, north]) => x >= west && x <= east && y >= south && y <= north;

/** Split lines into the runs whose segments lie within a box, and the rest. */
function split(lines, box) {
  const [within, without] = [[], []];
  for (const line of lines) {
    for (let i = 1, last = null; i < line.length; i++) {
      const to = inside(line[i - 1], box) && inside(line[i], box) ? within : without;
      if (to === last) to.at(-1).push(line[i]);
      else to.push([line[i - 1], line[i]]);
      last = to;
    }
  }
  return [within, without];
}

function baseMap() {
  const topology = read("node_modules/world-atlas/countries-50m.json");
  takeOutCrimea(topology);
  const countries = topology.objects.countries;
  const features = [];
  for (const geometry of countries.geometries) {
    const shape = feature(topology, geometry).geometry;
    const { at, size } = middle(shape);
    const properties = { kind: "country", name: geometry.properties.name, iso3: iso31661Alpha2ToAlpha3[iso31661NumericToAlpha2[geometry.id]] ?? OTHER_CODES[geometry.properties.name] ?? null };
    const parts = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
    const polygons = parts.flatMap(([outer, ...holes]) => cut(outer).map((one, i) => (i ? [one] : [one, ...holes]))).map(rounded).map(rings).filter((polygon) => polygon.length);
    features.push({ type: "Feature", properties, geometry: { type: "MultiPolygon", coordinates: polygons } });
    if (geometry.properties.name !== "Crimea")
      features.push({ type: "Feature", properties: { kind: "label", name: geometry.properties.name, size: round(size) }, geometry: { type: "Point", coordinates: at.map(round) } });
  }
  const disputes = read("disputed.json");
  const isDisputed = (a, b) => disputes.some(({ between }) => named(a, b, between));
  const settled = mesh(topology, countries, (a, b) => a !== b && !isDisputed(a, b)).coordinates;
  for (const { between, within, why } of disputes) {
    const lines = mesh(topology, countries, (a, b) => named(a, b, between)).coordinates;
    if (!lines.length) throw new Error(`the base map has changed: ${between.join(" and ")} share no border`);
    const [disputed, rest] = within ? split(lines, within) : [lines, []];
    settled.push(...rest);
    features.push({ type: "Feature", properties: { kind: "disputed", between: between.join(" and "), why }, geometry: { type: "MultiLineString", coordinates: rounded(disputed) } });
  }
  features.push({ type: "Feature", properties: { kind: "border" }, geometry: { type: "MultiLineString", coordinates: rounded(settled) } });
  features.sort((a, b) => (b.properties.size ?? 0) - (a.properties.size ?? 0)); // larger names are placed first
  return { type: "FeatureCollection", attribution: "Made with Natural Earth", features };
}

mkdirSync(target, { recursive: true });
for (const file of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"])
  copyFileSync(join(here, "node_modules", "maplibre-gl", "dist", file), join(target, file));
for (const file of ["map.mjs", "place.mjs"]) copyFileSync(join(here, "src", file), join(target, file));
writeFileSync(join(target, "base.json"), JSON.stringify(baseMap()));
console.log(`built into ${target}`);
