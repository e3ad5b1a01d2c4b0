// Runs a sample as another team would: it hears, is killed and goes on, drops what comes again, and reads the stream from an offset and from a time.
//   node samples.mjs <api> <token> <store> <program> <its arguments>…          CRM_BROKER, CRM_QUEUE as the sample wants them
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as passes } from 'node:timers/promises';

const [api, token, store, ...program] = process.argv.slice(2);
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

async function sample(storeName, ...words) {
  const child = spawn(program[0], [...program.slice(1), ...words], { env: { ...process.env, CRM_STORE: storeName, CRM_EVENTS: 'contacts.contact.*' } });
  running.add(child);
  const [lines, errors] = [[], []];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  await until(() => errors.includes('ready'), () => `it is not ready: ${errors.join('\n')}`);
  return {
    lines,
    heard: (what) => until(() => lines.find(what), () => `not heard; only ${JSON.stringify(lines.slice(-5))} ${errors.join('\n')}`),
    kill: async () => { const gone = new Promise((done) => child.on('close', done)); child.kill('SIGKILL'); await gone; running.delete(child); },
  };
}

async function until(holds, why) {
  for (const deadline = Date.now() + 30_000; ; await passes(50)) {
    const held = holds();
    if (held) return held;
    assert.ok(Date.now() < deadline, why());
  }
}

async function call(method, path, body) {
  const answer = await fetch(`${api}/api/v1${path}`, {
    method, body: JSON.stringify(body), headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}
const enter = (lastName) => call('POST', '/contacts', { lastName });
const of = (record, type) => (line) => line.record === record.id && line.type === `contacts.contact.${type}`;

// It hears what it asked for, and nothing else.
let listening = await sample(store, 'listen');
await call('POST', '/accounts', { name: 'Not asked for' });
const ada = await enter('Lovelace');
const created = await listening.heard(of(ada, 'created'));
assert.deepEqual(listening.lines.filter((line) => !line.type.startsWith('contacts.contact.')), []);

// What happens while it is away waits, and nothing comes twice.
await listening.kill();
await passes(1500); // a stream is searched by the second
const before = new Date().toISOString();
await passes(1500);
await call('PATCH', `/contacts/${ada.id}`, { lastName: 'King' });
listening = await sample(store, 'listen');
await listening.heard(of(ada, 'updated'));
assert.ok(!listening.lines.some(of(ada, 'created')));

// Killed in the middle of many, again and again: each is taken once.
const many = Array.from({ length: 60 }, (_, i) => i);
const entering = Promise.all(many.map((i) => enter(`Many ${i}`)));
for (let i = 0; i < 3; i++) {
  const so = listening.lines.length;
  await until(() => listening.lines.length > so, () => 'nothing more is heard').catch(() => {});
  await listening.kill();
  listening = await sample(store, 'listen');
}
const people = await entering;
const last = await enter('Last');
await listening.heard(of(last, 'created'));
await listening.kill();

// The stream from its beginning, into the same store: what was taken before is dropped.
const again = await sample(store, 'replay', 'first');
const end = await enter('End');
await again.heard(of(end, 'created'));
assert.deepEqual(again.lines.filter((line) => [ada, last, ...people].some(({ id }) => id === line.record)), []);
await again.kill();

// Into another store: all of it, with its offsets; then from one of them on, then from a time on.
const whole = await sample(`${store}.whole`, 'replay', 'first');
await whole.heard(of(end, 'created'));
await whole.kill();
const { offset, id } = whole.lines.find(of(ada, 'created'));
assert.equal(id, created.id);
assert.deepEqual(people.filter((person) => whole.lines.filter(of(person, 'created')).length !== 1), []);

const fromOffset = await sample(`${store}.offset`, 'replay', `${offset}`);
await fromOffset.heard(of(end, 'created'));
await fromOffset.kill();
assert.equal(fromOffset.lines[0].id, created.id);

const fromTime = await sample(`${store}.time`, 'replay', before);
await fromTime.heard(of(end, 'created'));
await fromTime.kill();
assert.ok(fromTime.lines.some(of(ada, 'updated')));
assert.ok(!fromTime.lines.some(of(ada, 'created')));
console.log(JSON.stringify({ last: fromTime.lines.at(-1).id }));
