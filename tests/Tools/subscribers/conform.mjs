// Reads the stream of all events from its beginning and holds each to the catalogue: its headers, its body, and the examples of the catalogue too.
//   node conform.mjs <catalogue> <broker> <id of the last event>
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import formats from 'ajv-formats';
import { connect } from 'amqplib';

const [file, broker, last] = process.argv.slice(2);
const catalogue = JSON.parse(readFileSync(file, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
formats(ajv);
ajv.addSchema({ $id: 'catalogue', ...catalogue });
const own = /\.(customField|view)\./; // how a tenant has set up the platform: told, and promised to nobody
const complaints = new Set();
const seen = new Map();

function hold(type, what, schema, value) {
  const valid = ajv.getSchema(`catalogue#/components/schemas/${schema}`);
  if (!valid) complaints.add(`${type} is not in the catalogue`);
  else if (!valid(value))
    for (const error of valid.errors)
      complaints.add(`${type}: ${what}${error.instancePath} ${error.message}: ${JSON.stringify(value).slice(0, 300)}`);
}

for (const [type, message] of Object.entries(catalogue.components.messages)) hold(type, 'the example', type, message.examples[0].payload);

const connection = await connect(broker);
const channel = await connection.createChannel();
await channel.prefetch(200);
await channel.consume('crm.events.stream', async (message) => {
  const { headers } = message.properties;
  const type = headers['cloudEvents:type'];
  seen.set(type, (seen.get(type) ?? 0) + 1);
  hold(type, 'header ', 'headers', headers);
  const body = JSON.parse(message.content.toString());
  if (!own.test(type)) hold(type, '', type, body);
  for (const field of Object.keys(body.changes ?? {})) {
    const known = catalogue.components.schemas[`${type.slice(0, type.lastIndexOf('.'))}.changes`]?.properties;
    if (known && !(field in known) && !field.startsWith('custom.')) complaints.add(`${type}: the field ${field} is not in the catalogue`);
  }
  channel.ack(message);
  if (headers['cloudEvents:id'] !== last) return;
  await connection.close();
  for (const complaint of complaints) console.error(complaint);
  console.log(`${[...seen.values()].reduce((a, b) => a + b, 0)} events of ${seen.size} types`);
  process.exit(complaints.size || seen.size < 25 ? 1 : 0);
}, { arguments: { 'x-stream-offset': 'first' } });
