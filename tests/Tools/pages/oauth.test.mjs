// What a person sees when a program wants to act for them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, Person } from './browser.mjs';

const { PASSWORD: password } = process.env;
const back = 'http://127.0.0.1:1/logged-in';
const asked = new URLSearchParams({
  client_id: 'crm-cli', redirect_uri: back, response_type: 'code', scope: 'openid profile email offline_access crm.read crm.write', state: 'here',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256',
});
let browser;

before(async () => { browser = await launch(); });
after(() => browser.close());

for (const scripts of [true, false])
  test(`A program asks to act for somebody, scripts ${scripts ? 'on' : 'off'}`, async () => {
    const person = await Person.enter(browser, scripts);
    await person.open(`/oauth/authorize?${asked}`);
    await person.isAt('Log in');
    await person.fill({ email: 'administrator@demo.example', password });
    await person.press('Log in');
    await person.isAt('Let CrmPlatform on the command line act for you?');
    if (scripts) await person.look('consent');
    const gone = person.page.waitForRequest(request => request.url().startsWith(back));
    await person.page.$eval('button[value=agree]', button => button.click());
    const heard = new URL((await gone).url()).searchParams;
    assert.equal(heard.get('state'), 'here');
    assert.ok(heard.get('code'));
    await person.context.close();
  });

test('A program that is not known gets nothing, and the person hears why', async () => {
  const person = await Person.enter(browser);
  await person.open('/oauth/authorize?client_id=c_nobody&redirect_uri=https://evil.example/');
  await person.isAt('This does not work');
  await person.look('oauth-error');
  await person.context.close();
});

test('What acts for somebody is seen beside their devices, and ended there', async () => {
  const person = await Person.enter(browser);
  await person.open('/log-in?returnTo=/account/devices');
  await person.fill({ email: 'administrator@demo.example', password });
  await person.press('Log in');
  await person.isAt('Devices');
  await person.look('devices-programs');
  const before = await person.page.$$eval('button[name=program]', buttons => buttons.length);
  assert.ok(before > 0, 'the command line acts for the administrator');
  const done = person.page.waitForNavigation({ waitUntil: 'load' });
  await person.page.$eval('button[name=program]', button => button.click());
  await done;
  assert.equal((await person.page.$$('button[name=program]')).length, before - 1);
  await person.context.close();
});

test('Somebody is asked whether they want to log out when another site says so', async () => {
  const person = await Person.enter(browser);
  await person.open('/log-in');
  await person.fill({ email: 'administrator@demo.example', password });
  await person.press('Log in');
  await person.open('/oauth/log-out');
  await person.isAt('Log out?');
  await person.look('log-out');
  await person.press('Log out');
  await person.isAt('Log in');
  await person.context.close();
});
