// Prints the events it hears as JSON lines, until it has heard so many, or the one with an id.
//   node listen.mjs queue  <broker> <pattern> <until>            a queue of its own, by routing pattern; says "ready" when it listens
//   node listen.mjs stream <broker> <first|offset|@time> <until> the stream of all events, from an offset or from a time (seconds since 1970)
import { connect } from 'amqplib';

const [mode, broker, from, until] = process.argv.slice(2);
const connection = await connect(broker);
const channel = await connection.createChannel();
await channel.prefetch(100); // a stream wants a limit, and every message acknowledged

let heard = 0;
let done = false;
const print = (message) => {
  if (!message || done) return;
  const headers = Object.entries(message.properties.headers).map(([name, value]) => [name.replace('cloudEvents:', ''), value]);
  console.log(JSON.stringify({
    key: message.fields.routingKey,
    contentType: message.properties.contentType,
    headers: Object.fromEntries(headers),
    body: JSON.parse(message.content.toString()),
  }));
  channel.ack(message);
  done = ++heard === Number(until) || message.properties.messageId === until;
  if (done) connection.close();
};

if (mode === 'queue') {
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, 'crm.events', from);
  await channel.consume(queue, print);
  console.log('ready');
} else {
  const offset = from === 'first' ? from : from.startsWith('@') ? { '!': 'timestamp', value: Number(from.slice(1)) } : Number(from);
  await channel.consume('crm.events.stream', print, { arguments: { 'x-stream-offset': offset } });
}
