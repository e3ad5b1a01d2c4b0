import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, code, launch, mail, Person } from './browser.mjs';

const password = 'four quiet horses walk';
const ada = `ada.${Date.now()}@mail.example`;
let browser;

before(async () => { browser = await launch(); });
after(() => browser.close());

async function logIn(person, email, secret = password) {
  await person.open('/log-in?returnTo=/account');
  await person.fill({ email, password: secret });
  await person.press('Log in');
}

test('A company signs up', async () => {
  const person = await Person.enter(browser);
  await person.open('/log-in');
  await person.look('log-in');
  await person.press('Sign your company up');
  await person.look('sign-up');
  await person.press('Sign up');
  await person.look('sign-up-errors');
  assert.equal(await person.page.$eval(':focus', field => field.name), 'company');
  await person.fill({ company: 'Lovelace & Daughters', name: 'Ada Lovelace', email: ada });
  await person.press('Sign up');
  await person.look('sent');
  const { link, id } = await mail(ada, 'Confirm');
  await person.open('/mail');
  await person.look('mail');
  await person.open(`/mail/${id}`);
  await person.look('mail-one');
  await person.open(link);
  await person.look('welcome');
  await person.fill({ password: 'password1234' });
  await person.press('Begin');
  await person.look('welcome-error');
  await person.fill({ password });
  await person.press('Begin');
  await person.begins();
  await person.look('account');
  await person.fill({ jobTitle: 'Analyst', timeZone: 'Nowhere/Land' });
  await person.press('Save');
  await person.look('account-error');
  await person.fill({ timeZone: 'Europe/London' });
  await person.press('Save');
  assert.match(await person.text(), /It is saved/);
  await person.open(link);
  await person.isAt('This link has ended');
  await person.look('spent');
  await person.context.close();
});

test('Logging in needs no scripts, and says what is wrong', async () => {
  const person = await Person.enter(browser, false);
  await logIn(person, ada, 'not the password');
  assert.match(await person.text(), /is not right/);
  await logIn(person, ada);
  await person.isAt('Your account');
  await person.press('Log out');
  await person.isAt('Log in');
  await person.context.close();
  const another = await Person.enter(browser);
  await logIn(another, ada, 'not the password');
  await another.look('log-in-wrong');
  await another.context.close();
});

test('An authenticator app is set up by its picture, and asked for', async () => {
  const person = await Person.enter(browser);
  await logIn(person, ada);
  await person.press('Security');
  await person.look('security');
  await person.press('Set up an app');
  await person.look('app');
  const scanned = await person.scan();
  assert.equal(decodeURIComponent(scanned.pathname), `//totp/CrmPlatform:${ada}`.replace(/^\/\/totp/, scanned.host ? '' : '//totp'));
  const secret = scanned.searchParams.get('secret');
  await person.fill({ code: code(secret) });
  await person.press('Go on');
  await person.look('recovery-codes');
  const [recovery] = await person.page.$$eval('.codes code', codes => codes.map(c => c.textContent));
  await person.press('I have kept them');
  await person.look('security-app');
  await person.press('Log out');

  await logIn(person, ada);
  await person.look('code');
  await person.fill({ code: '000000' });
  await person.press('Go on');
  await person.look('code-wrong');
  await person.fill({ code: code(secret, 1) });
  await person.press('Go on');
  await person.isAt('Your account');
  await person.press('Log out');
  await logIn(person, ada);
  await person.fill({ code: recovery });
  await person.press('Go on');
  await person.isAt('Your account');
  await person.context.close();
});

test('A passkey is made, and enough to log in', async () => {
  const bob = `bob.${Date.now()}@mail.example`;
  const person = await Person.enter(browser);
  await signUp(person, bob);
  const { session, authenticatorId } = await person.device();
  await person.open('/account/security');
  await person.fill({ name: 'Laptop' });
  await person.press('Add a passkey');
  assert.match(await person.text(), /You can log in with the passkey/);
  await person.look('security-passkey');
  assert.equal((await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length, 1);
  await person.press('Log out');

  await person.press('Log in with a passkey');
  await person.begins();
  await person.press('Log out');
  await logIn(person, bob); // the password alone is not enough any more
  await person.isAt('One more step');
  await person.look('code-passkey');
  await person.press('Log in with a passkey');
  await person.isAt('Your account');

  await person.open('/account/security');
  await person.page.click('summary');
  await person.fill({ passkeyPassword: password });
  await person.press('Remove it');
  await person.press('Log out');
  await person.press('Log in with a passkey');
  assert.match(await person.text(), /This passkey is not known here/);
  await person.context.close();
});

test('Somebody is invited', async () => {
  const email = `grace.${Date.now()}@mail.example`;
  const invited = await fetch(new URL('/api/v1/users', address), {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email, name: 'Grace', roles: ['sales'] }),
  });
  assert.equal(invited.status, 201, await invited.text());
  const person = await Person.enter(browser);
  await person.open((await mail(email, 'invites you')).link);
  assert.match(await person.title(), /^Welcome to /);
  await person.look('invitation');
  await person.fill({ name: 'Grace Hopper', password });
  await person.press('Begin');
  await person.begins();
  await person.context.close();
});

test('A forgotten password is chosen anew, which ends every other sign-in', async () => {
  const email = `emmy.${Date.now()}@mail.example`;
  const [person, elsewhere] = [await Person.enter(browser), await Person.enter(browser)];
  await signUp(person, email);
  await logIn(elsewhere, email);
  await person.press('Log out');
  await person.press('Forgot your password?');
  await person.look('reset');
  await person.fill({ email });
  await person.press('Send the mail');
  await person.open((await mail(email, 'Choose a new password')).link);
  await person.look('new-password');
  await person.fill({ password: 'five loud horses run' });
  await person.press('Change the password');
  await person.begins();
  await elsewhere.open('/account');
  await elsewhere.isAt('Log in');
  await Promise.all([person.context.close(), elsewhere.context.close()]);
});

test('A device is logged out from another', async () => {
  const email = `mary.${Date.now()}@mail.example`;
  const [person, lost] = [await Person.enter(browser), await Person.enter(browser)];
  await signUp(person, email);
  await logIn(lost, email);
  await mail(email, 'new device');
  await person.open('/account/devices');
  await person.look('devices');
  await person.press('Log out everywhere else');
  await lost.open('/account');
  await lost.isAt('Log in');
  await person.open('/account');
  await person.isAt('Your account');
  await Promise.all([person.context.close(), lost.context.close()]);
});

async function signUp(person, email) {
  await person.open('/sign-up');
  await person.fill({ company: `Company of ${email}`, name: 'Somebody', email });
  await person.press('Sign up');
  await person.open((await mail(email, 'Confirm')).link);
  await person.fill({ password });
  await person.press('Begin');
  await person.begins();
}
