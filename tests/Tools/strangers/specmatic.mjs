// Lays out what specmatic tries the running platform with: its document cut to the routes tried, requests and answers from life, settings.
import { mkdirSync, writeFileSync } from "node:fs";

const [base, token] = process.argv.slice(2);
const api = "/api/v1";

// One record type stands for all, because their doors are the same code; views stand for what hangs below a type.
const routes = [
  ["get", "/contacts"], ["post", "/contacts"], ["get", "/contacts/{id}"], ["patch", "/contacts/{id}"], ["post", "/contacts/batch"],
  ["get", "/contacts/{id}/history"], ["get", "/contacts/{id}/access"], ["get", "/contacts/model"], ["get", "/contacts/jobs"],
  ["get", "/contacts/fields"], ["get", "/contacts/fields/{id}"],
  ["get", "/contacts/views"], ["post", "/contacts/views"], ["get", "/contacts/views/{id}"], ["patch", "/contacts/views/{id}"],
  ["get", "/operations/{id}"], ["get", "/audit"],
];
// What no schema can say, so that nobody makes one up that is right: a version, a place in a list, a sentence of the filter language. Free words of
// the audit only multiply.
const parameters = new Set([
  "Idempotency-Key", "If-Match", "cursor", "view", "zone", "fields", "sort", "filter", "include", "q",
  "actor", "record", "recordId", "type", "operation", "door", "address",
]);
const fields = new Set([
  "timeZone", "custom", "$base", "filter", "sort", "columns", // sentences, and what this tenant has
  "externalIds", // given once
  "atomic", // whether all of a batch is right
  "email", "phone", // take the place of the main one of a list, also of one that is wrong
  "photoUrl", "social", // Specmatic takes any text for an address on the web
]);

const document = await (await fetch(`${base}/openapi/v1.json`)).json();
const paths = {};
for (const [method, route] of routes) {
  const operation = document.paths[api + route][method];
  operation.parameters = (operation.parameters ?? []).filter((p) => !parameters.has(p.name));
  const body = operation.requestBody?.content["application/json"].schema;
  const sent = body?.$ref ? document.components.schemas[body.$ref.split("/").at(-1)] : body;
  for (const [name, field] of Object.entries(sent?.properties ?? {}))
    if (field.format === "uuid" || fields.has(name)) delete sent.properties[name]; // an id refers to a record that is there
  (paths[api + route] ??= {})[method] = operation;
}
document.paths = paths;
writeFileSync("api.json", JSON.stringify(document, null, 1));

async function call(method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return { status: answer.status, body: JSON.parse(text) };
}

// The answers are held to the document, too.
mkdirSync("examples", { recursive: true });
async function example(name, method, path, body) {
  const answer = await call(method, path, body);
  const request = body === undefined ? { method, path } : { method, path, headers: { "Content-Type": "application/json" }, body };
  writeFileSync(`examples/${name}.json`, JSON.stringify({ "http-request": request, "http-response": answer }, null, 1));
  return answer.body;
}

const contact = await example("create-contact", "POST", `${api}/contacts`, {
  firstName: "Ada", lastName: "Lovelace", emails: [{ address: "ada@mail.example" }], phones: [{ number: "+442071234567", type: "work" }], tags: ["vip"],
});
const one = `${api}/contacts/${contact.id}`;
await example("get-contact", "GET", one);
await example("edit-contact", "PATCH", one, { jobTitle: "Countess", birthday: "1815-12-10", tags: ["vip", "math"] });
await example("history", "GET", `${one}/history`);
await example("access", "GET", `${one}/access`);
await example("batch", "POST", `${api}/contacts/batch`, { operations: [{ do: "patch", id: contact.id, fields: { jobTitle: "Analyst" } }] });
const field = await call("POST", `${api}/contacts/fields`, { name: `size${Date.now()}`, label: "Size", kind: "number", indexed: true });
await example("get-field", "GET", `${api}/contacts/fields/${field.body.id}`);
const view = await example("create-view", "POST", `${api}/contacts/views`, { name: "Everybody", scope: "public" });
await example("get-view", "GET", `${api}/contacts/views/${view.id}`);
await example("edit-view", "PATCH", `${api}/contacts/views/${view.id}`, { name: "All" });
const history = await call("GET", `${one}/history`);
await example("operation", "GET", `${api}/operations/${history.body.items[0].operation}`);
await example("audit", "GET", `${api}/audit`);

writeFileSync("specmatic.yaml", `version: 2
contracts:
  - provides: [api.json]
test:
  resiliencyTests:
    enable: all
  maxTestRequestCombinations: 20
`);
