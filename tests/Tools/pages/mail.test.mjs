// Mail reaches a server of others, and one that is away for a while gets it later.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const { ADDRESS: address, SMTP: port } = process.env;
const waiting = [];
const server = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth: ({ username, password }, session, done) =>
    username === 'crm' && password === 'a secret/with:signs' ? done(null, { user: username }) : done(new Error('Who are you?')),
  onData: (stream, session, done) => simpleParser(stream).then(mail => {
    waiting.shift()?.({ ...mail, envelope: session.envelope });
    done();
  }, done),
});
after(() => new Promise(done => { server.close(done); }));
const next = () => new Promise(take => { waiting.push(take); });

async function signUp(company, email) {
  const page = await fetch(new URL('/sign-up', address));
  const form = (await page.text()).match(/name="form" value="([^"]+)"/)[1];
  const answer = await fetch(new URL('/sign-up', address), {
    method: 'POST',
    headers: { cookie: page.headers.getSetCookie().map(c => c.split(';')[0]).join('; '), origin: new URL(address).origin },
    body: new URLSearchParams({ form, company, name: 'Zoë', email }),
  });
  assert.equal(answer.status, 200);
}

test('Mail waits for a server that is away, and arrives whole', { timeout: 120_000 }, async () => {
  const [first, second] = [next(), next()];
  await signUp('Müller & Söhne', 'zoe@mail.example');
  await new Promise(done => { server.listen(port, '127.0.0.1', done); });
  const mail = await first;

  assert.equal(mail.subject, 'Confirm that Müller & Söhne signs up');
  assert.deepEqual(mail.envelope.rcptTo.map(to => to.address), ['zoe@mail.example']);
  assert.equal(mail.from.value[0].address, 'no-reply@localhost');
  assert.match(mail.text, /Hello Zoë,\n\nyou have signed Müller & Söhne up/);
  assert.match(mail.html, /<a href="http:\/\/localhost:\d+\/welcome\?link=[\w-]{64}"/);
  assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
  assert.match(mail.messageId, /^<[0-9a-f-]{36}@localhost>$/);

  await signUp('Second', 'second@mail.example'); // the first was sent once: what comes now is the second
  assert.equal((await second).subject, 'Confirm that Second signs up');
});
