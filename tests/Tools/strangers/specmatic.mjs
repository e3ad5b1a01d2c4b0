// Lays out what specmatic tries the running platform with: its document cut to the routes tried, requests and answers from life, settings.
//   node specmatic.mjs <edge> <token> <document>          an edge that lets whoever has the token ask as often as they like
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const [base, token, file] = process.argv.slice(2);
const api = "/api/v1";

// What no schema can say, so that nobody makes one up that is right: a version, a place in a list, a sentence of the filter language. Free words of
// the audit only multiply.
const parameters = new Set([
  "Idempotency-Key", "If-Match", "cursor", "view", "zone", "fields", "sort", "filter", "include", "q", "after", "types",
  "actor", "record", "recordId", "type", "operation", "door", "address", "webhook",
]);
const fields = new Set([
  "timeZone", "custom", "$base", "filter", "sort", "columns", "message", // sentences, and what this tenant has
  "externalIds", "sku", // given once
  "atomic", // whether all of a batch is right
  "email", "phone", // take the place of the main one of a list, also of one that is wrong
  "photoUrl", "social", "website", // Specmatic takes any text for an address on the web
]);
// The same of what has to be there: it is one of these.
const somewhere = { type: "string", pattern: "https://[a-z]{3,9}[.]example/[a-z]{1,9}" };
const always = { url: somewhere, targetUrl: somewhere, event: { type: "string", enum: ["contacts.contact.created"] } };

const document = JSON.parse(readFileSync(file, "utf8"));
const paths = {};

function tried(method, route) {
  const operation = document.paths[api + route]?.[method.toLowerCase()];
  if (!operation) throw new Error(`there is no ${method} ${route}`);
  // Examples are of the whole of it, and sent by another test.
  for (const said of [operation.requestBody, ...Object.values(operation.responses)])
    for (const media of Object.values(said?.content ?? {})) delete media.examples;
  operation.parameters = (operation.parameters ?? []).filter((p) => p.in === "path" || !parameters.has(p.name));
  const body = operation.requestBody?.content["application/json"].schema;
  const sent = body?.$ref ? document.components.schemas[body.$ref.split("/").at(-1)] : body;
  for (const [name, field] of Object.entries(sent?.properties ?? {}))
    if (field.format === "uuid" || fields.has(name)) delete sent.properties[name]; // an id refers to a record that is there
    else if (always[name]) sent.properties[name] = always[name];
    else if (name === "events") field.items = { type: "string", enum: ["contacts.*.*"] };
  (paths[api + route] ??= {})[method.toLowerCase()] = operation;
}

async function call(method, path, body) {
  const answer = await fetch(base + api + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return { status: answer.status, body: JSON.parse(text) };
}

// The answers are held to the document, too. A route is tried with what is real: `{id}` in it is one of a record that is there.
mkdirSync("examples", { recursive: true });
let examples = 0;
async function example(method, route, path, body) {
  tried(method, route);
  const answer = await call(method, path, body);
  const [bare, query] = path.split("?");
  const request = { method, path: api + bare, ...(query && { query: Object.fromEntries(new URLSearchParams(query)) }) };
  if (body !== undefined) Object.assign(request, { headers: { "Content-Type": "application/json" }, body });
  writeFileSync(`examples/${++examples}.json`, JSON.stringify({ "http-request": request, "http-response": answer }, null, 1));
  return answer.body;
}

// A record type's doors: all are the same code, so one stands for those of its service.
async function record(plural, entered, changed) {
  tried("GET", `/${plural}`);
  const made = await example("POST", `/${plural}`, `/${plural}`, entered);
  await example("GET", `/${plural}/{id}`, `/${plural}/${made.id}`);
  await example("PATCH", `/${plural}/{id}`, `/${plural}/${made.id}`, changed);
  return made;
}

const contact = await record("contacts", {
  firstName: "Ada", lastName: "Lovelace", emails: [{ address: "ada@mail.example" }], phones: [{ number: "+442071234567", type: "work" }], tags: ["vip"],
}, { jobTitle: "Countess", birthday: "1815-12-10", tags: ["vip", "math"] });
const one = `/contacts/${contact.id}`;
const history = await example("GET", "/contacts/{id}/history", `${one}/history`);
await example("GET", "/contacts/{id}/access", `${one}/access`);
await example("POST", "/contacts/batch", "/contacts/batch", { operations: [{ do: "patch", id: contact.id, fields: { jobTitle: "Analyst" } }] });
tried("GET", "/contacts/model");
tried("GET", "/contacts/jobs");
tried("GET", "/contacts/fields");
const field = await call("POST", "/contacts/fields", { name: `size${Date.now()}`, label: "Size", kind: "number", indexed: true });
await example("GET", "/contacts/fields/{id}", `/contacts/fields/${field.body.id}`);
// Views stand for what hangs below a type.
tried("GET", "/contacts/views");
const view = await example("POST", "/contacts/views", "/contacts/views", { name: "Everybody", scope: "public" });
await example("GET", "/contacts/views/{id}", `/contacts/views/${view.id}`);
await example("PATCH", "/contacts/views/{id}", `/contacts/views/${view.id}`, { name: "All" });
await example("GET", "/operations/{id}", `/operations/${history.items[0].operation}`);
await example("GET", "/audit", "/audit");

await example("GET", "/timeline/{recordId}", `/timeline/${contact.id}`); // activities
await example("GET", "/analytics/contacts-by-industry", "/analytics/contacts-by-industry");

await record("teams", { name: "Sales" }, { name: "Sales North" }); // identity

// A lead is entered with some name, a person's or a company's: no schema says that.
const lead = (await call("POST", "/leads", { lastName: "Babbage", company: "Engines" })).body;
await example("GET", "/leads/{id}", `/leads/${lead.id}`);
await example("PATCH", "/leads/{id}", `/leads/${lead.id}`, { jobTitle: "Professor" });
await record("scoringGroups", { name: "Fit" }, { name: "Fits" });
for (const what of ["steps", "score", "matches"]) await example("GET", `/leads/{id}/${what}`, `/leads/${lead.id}/${what}`);
await example("GET", "/leads/speed", "/leads/speed");

await record("products", { name: "Engine", cost: { amount: "10.00", currency: "EUR" } }, { name: "Engines" }); // pipeline
tried("GET", "/deals");
const [deal] = (await call("GET", "/deals?limit=1")).body.items;
await example("GET", "/deals/{id}/stays", `/deals/${deal.id}/stays`);
await example("GET", "/pipelines/{id}/velocity", `/pipelines/${deal.pipelineId}/velocity`);

const hook = await record("webhooks", { name: "Partner", url: "https://partner.example/hook", events: ["contacts.*.*"] }, { name: "Partners" }); // integrations
await example("POST", "/webhooks/{id}/issue", `/webhooks/${hook.id}/issue`, { overlapMinutes: 5 });
await example("GET", "/webhooks/{id}/secrets", `/webhooks/${hook.id}/secrets`);
await example("POST", "/webhooks/{id}/pause", `/webhooks/${hook.id}/pause`);
await example("POST", "/webhooks/{id}/resume", `/webhooks/${hook.id}/resume`);
await example("POST", "/hooks", "/hooks", { targetUrl: "https://tool.example/hook", event: "contacts.contact.created" });
await example("GET", "/hooks/sample", "/hooks/sample?event=contacts.contact.created");
tried("GET", "/deliveries"); // not the feed: of a list whose members are of any kind Specmatic takes the first for the pattern of the others
await example("GET", "/events/counts", `/events/counts?day=${new Date().toISOString().slice(0, 10)}`);

document.paths = paths;
writeFileSync("api.json", JSON.stringify(document, null, 1));
writeFileSync("specmatic.yaml", `version: 2
contracts:
  - provides: [api.json]
test:
  resiliencyTests:
    enable: all
  maxTestRequestCombinations: 10
`);
