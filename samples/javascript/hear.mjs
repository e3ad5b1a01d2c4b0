// Hears what happens in the CRM, in a queue of your own, each event once.
//
//   node hear.mjs listen                          from now on, also what happens while it does not run
//   node hear.mjs replay first|last|OFFSET|TIME   again, from the stream of the last days; TIME is like 2026-01-31T12:00:00Z
//
//   CRM_BROKER   amqp://team.billing:PASSWORD@HOST:5672/VHOST   what whoever runs the CRM gave you
//   CRM_QUEUE    team.billing.contacts                          begins with the name of your user
//   CRM_EVENTS   contacts.contact.*,*.*.deleted                 which events, separated by commas
//   CRM_STORE    heard.jsonl                                    where your data lies, and with it which events were taken
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { connect } from 'amqplib';

const { CRM_BROKER: broker, CRM_QUEUE: queue, CRM_EVENTS: patterns = '#', CRM_STORE: store = 'heard.jsonl' } = process.env;
const [mode, from] = process.argv.slice(2);
const taken = open();

// Your own work, in one write with the memory of the event. In a database: one transaction, and `taken` a table with a unique key.
function handle(type, headers, event) {
  const line = { id: headers['cloudEvents:id'], type, record: event.id, version: event.version, offset: headers['x-stream-offset'] ?? null };
  appendFileSync(store, `${JSON.stringify(line)}\n`);
  console.log(JSON.stringify(line));
}

// What was taken before. A line that was cut off when the machine died was not taken.
function open() {
  if (!existsSync(store)) return new Set();
  const text = readFileSync(store, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  truncateSync(store, Buffer.byteLength(whole));
  return new Set(whole.split('\n').filter(Boolean).map((line) => JSON.parse(line).id));
}

// An event may come again, after a connection broke or when it is replayed.
function take(message) {
  const { headers } = message.properties;
  const id = headers['cloudEvents:id'];
  if (!taken.has(id)) {
    handle(headers['cloudEvents:type'], headers, JSON.parse(message.content.toString()));
    taken.add(id);
  }
  channel.ack(message); // only now: what is not acknowledged comes again
}

const parts = patterns.split(',').map((pattern) => pattern.replaceAll('.', '\\.').replaceAll('*', '[^.]+').replaceAll('#', '.*'));
const wanted = new RegExp(`^(${parts.join('|')})$`);

const connection = await connect(broker);
const channel = await connection.createChannel();
await channel.prefetch(100); // a stream wants a limit, and a queue is fairer with one

if (mode === 'listen') {
  // A quorum queue outlives a broker of the cluster. It fills while you are away: delete one that you need no more.
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  for (const pattern of patterns.split(',')) await channel.bindQueue(queue, 'crm.events', pattern);
  await channel.consume(queue, take);
} else {
  // The stream knows nothing of patterns: what you did not ask for is passed over.
  const offset = ['first', 'last'].includes(from) ? from : /^\d+$/.test(from) ? Number(from) : { '!': 'timestamp', value: Math.floor(Date.parse(from) / 1000) };
  const takeIfWanted = (message) => (wanted.test(message.properties.headers['cloudEvents:type']) ? take(message) : channel.ack(message));
  await channel.consume('crm.events.stream', takeIfWanted, { arguments: { 'x-stream-offset': offset } });
}
console.error('ready');
process.on('SIGINT', () => connection.close());
