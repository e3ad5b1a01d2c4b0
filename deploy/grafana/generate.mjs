// Writes dashboards/*.json and ../prometheus/targets.yml from panels/ and the folders of services/.
//   node deploy/grafana/generate.mjs [--check]     --check writes nothing and fails where a file is not as it would be written
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { messaging } from "./panels/messaging.mjs";
import { overview } from "./panels/overview.mjs";
import { service } from "./panels/service.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const check = process.argv.includes("--check");

const gateways = ["edge", "graph"];
const services = readdirSync(join(here, "../../services"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(here, "../../services", entry.name, `${entry.name}.csproj`)))
  .map((entry) => entry.name.toLowerCase())
  .sort();

const files = new Map([
  [join(here, "dashboards/overview.json"), json("crm-overview", "Platform overview", overview)],
  [join(here, "dashboards/messaging.json"), json("crm-messaging", "Messaging", messaging)],
  [join(here, "../prometheus/targets.yml"), targets([...gateways, ...services])],
]);
for (const name of [...gateways, ...services])
  files.set(join(here, `dashboards/service-${name}.json`), json(`crm-service-${name}`, `Service: ${name}`, service(name)));

let wrong = 0;
for (const [path, text] of files) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  if (check) complain(`${path} is not what generate.mjs writes`);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
for (const name of readdirSync(join(here, "dashboards"))) {
  const path = join(here, "dashboards", name);
  if (files.has(path)) continue;
  if (check) complain(`${path} belongs to no service`);
  else rmSync(path);
}
process.exit(wrong ? 1 : 0);

function complain(sentence) {
  console.error(sentence);
  wrong++;
}

function targets(apps) {
  const lines = apps.map((app) => `- targets: ["${app}:8080"]\n  labels: {service: ${app}}\n`);
  return `# Written by deploy/grafana/generate.mjs: one target per app.\n${lines.join("")}`;
}

// Rows of panels, laid out three to a line, in the shape Grafana stores a dashboard in.
function json(uid, title, rows) {
  const panels = [];
  let y = 0;
  for (const row of rows) {
    const head = { type: "row", title: row.title, collapsed: false, panels: [] };
    panels.push({ id: panels.length + 1, ...head, gridPos: { x: 0, y: y++, w: 24, h: 1 } });
    row.panels.forEach((panel, i) => {
      const gridPos = { x: (i % 3) * 8, y: y + Math.floor(i / 3) * 8, w: 8, h: 8 };
      panels.push({ id: panels.length + 1, ...shape(panel), gridPos });
    });
    y += Math.ceil(row.panels.length / 3) * 8;
  }
  const dashboard = {
    uid, title, tags: ["crm"], schemaVersion: 39, version: 1, editable: false, timezone: "browser", refresh: "30s",
    time: { from: "now-1h", to: "now" }, templating: { list: [] }, annotations: { list: [] },
    links: [{ title: "CrmPlatform", type: "dashboards", tags: ["crm"], asDropdown: true }], panels,
  };
  return JSON.stringify(dashboard, null, 2) + "\n";
}

function shape({ title, unit, about, stat, queries }) {
  const datasource = { type: "prometheus", uid: "prometheus" };
  const defaults = { unit, min: 0, custom: stat ? {} : { fillOpacity: 8, showPoints: "never" } };
  return {
    type: stat ? "stat" : "timeseries",
    title,
    description: about ?? "",
    datasource,
    fieldConfig: { defaults, overrides: [] },
    options: stat
      ? { reduceOptions: { calcs: ["lastNotNull"] } }
      : { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi" } },
    targets: Object.entries(queries).map(([legend, expr], i) => (
      { refId: String.fromCharCode(65 + i), datasource, expr, legendFormat: legend })),
  };
}
