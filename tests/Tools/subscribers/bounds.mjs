// What the user of a team may on the broker, and what it may not: each line tries one thing over a channel of its own.
//   node bounds.mjs <broker as the team> <broker as the platform> <team's user>
import { connect } from 'amqplib';

const [asTeam, asPlatform, user] = process.argv.slice(2);
const own = `${user}.bounds`;
const stranger = 'team.stranger.queue';
const quorum = { 'x-queue-type': 'quorum' };
const platform = await connect(asPlatform);
const setting = await platform.createChannel();
await setting.assertQueue(stranger, { durable: true });
await setting.assertQueue(`${user}er.queue`, { durable: true }); // whose name begins like the team's

const may = {
  'make a queue of its own': (c) => c.assertQueue(own, { durable: true, arguments: quorum }),
  'bind it to events': (c) => c.bindQueue(own, 'crm.events', 'contacts.#'),
  'read it': (c) => c.consume(own, () => {}),
  'read the stream': async (c) => { await c.prefetch(1); await c.consume('crm.events.stream', () => {}, { arguments: { 'x-stream-offset': 'first' } }); },
  'unbind it': (c) => c.unbindQueue(own, 'crm.events', 'contacts.#'),
  'park what it cannot take in another of its own': async (c) => {
    await c.assertExchange(`${own}.failed`, 'fanout');
    await c.assertQueue(`${own}.parking`, { durable: true, deadLetterExchange: `${own}.failed` });
  },
  'delete what is its own': async (c) => { await c.deleteQueue(own); await c.deleteQueue(`${own}.parking`); await c.deleteExchange(`${own}.failed`); },
};
const mayNot = {
  'tell events': (c) => c.publish('crm.events', 'contacts.contact.created', Buffer.from('{}')),
  'put something into the queue of a service': (c) => c.sendToQueue('activities', Buffer.from('{}')),
  'put something into the stream': (c) => c.sendToQueue('crm.events.stream', Buffer.from('{}')),
  'read the queue of a service': (c) => c.consume('activities', () => {}),
  'take one message from it': (c) => c.get('activities'),
  'read the queue of another team': (c) => c.consume(stranger, () => {}),
  'read the queue of a team whose name begins like its own': (c) => c.consume(`${user}er.queue`, () => {}),
  'bind the queue of a service': (c) => c.bindQueue('activities', 'crm.events', '#'),
  'unbind the queue of a service': (c) => c.unbindQueue('activities', 'crm.events', 'contacts.contact.created'),
  'empty the queue of a service': (c) => c.purgeQueue('activities'),
  'delete the queue of a service': (c) => c.deleteQueue('activities'),
  'delete the stream': (c) => c.deleteQueue('crm.events.stream'),
  'delete the exchange of events': (c) => c.deleteExchange('crm.events'),
  'make a queue of another name': (c) => c.assertQueue('billing.queue', { durable: true }),
  'make a queue named by the broker': (c) => c.assertQueue('', { exclusive: true }),
  'make a queue whose dead letters are events': (c) => c.assertQueue(`${own}.a`, { durable: true, deadLetterExchange: 'crm.events' }),
  'make a queue whose dead letters go to a service': (c) =>
    c.assertQueue(`${own}.b`, { durable: true, deadLetterExchange: '', deadLetterRoutingKey: 'activities' }),
  'make an exchange that passes on to the events': (c) => c.assertExchange(`${own}.c`, 'fanout', { alternateExchange: 'crm.events' }),
  'bind an exchange of its own into the events': async (c) => { await c.assertExchange(own, 'fanout'); await c.bindExchange('crm.events', own, ''); },
  'make an exchange of another name': (c) => c.assertExchange('billing.exchange', 'fanout'),
};

// A refusal closes its channel; so does nothing else here. What is published without an answer is followed by a question.
async function tried(what) {
  const connection = await connect(asTeam);
  connection.on('error', () => {});
  try {
    const channel = await connection.createConfirmChannel();
    const refused = new Promise((_, no) => channel.on('error', no));
    await Promise.race([(async () => { await what(channel); await channel.waitForConfirms(); })(), refused]);
    return 'done';
  } catch (error) {
    return error.code === 403 || /ACCESS.REFUSED/.test(error.message) ? 'refused' : `failed: ${error.message}`;
  } finally {
    await connection.close().catch(() => {});
  }
}

let wrong = 0;
for (const [all, expected] of [[may, 'done'], [mayNot, 'refused']])
  for (const [name, what] of Object.entries(all)) {
    const outcome = await tried(what);
    if (outcome !== expected) { wrong++; console.error(`to ${name}: ${outcome}, not ${expected}`); }
  }
await setting.deleteQueue(stranger);
await setting.deleteQueue(`${user}er.queue`);
await platform.close();
console.log(`${Object.keys(may).length} things it may, ${Object.keys(mayNot).length} it may not, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
