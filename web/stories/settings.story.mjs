// What is set up beside people and fields: a webhook and what it was told, what is done about duplicates, what everybody did, what a role sees; and nothing typed is lost on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, fresh, launch, Person, widths } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

const place = (person, name) =>
  person.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: new RegExp(`^${name}`) });

// As an input for a date and a time has it.
const local = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

test('a webhook is told what happened before it was there, and its log says what was sent', async () => {
  const person = await Person.enter(browser, { user: 'administrator', path: '/settings/webhooks' });
  const colleague = await Person.enter(browser, { user: 'administrator', path: '/settings/webhooks' });
  const { page } = person;
  const name = fresh('Partner ');
  await Promise.all([person.settled(), colleague.settled()]);
  await person.make('contacts', { firstName: 'Grace', lastName: fresh('Before') });

  await person.button('New webhook').first().click();
  const panel = person.dialog('New webhook');
  await panel.getByLabel(/^Name/).fill(name);
  await panel.getByLabel(/^Url/i).fill('https://hooks.partner.invalid/crm');
  await panel.getByRole('searchbox').fill('Contacts');
  await panel.getByRole('checkbox', { name: 'All events of Contacts', exact: true }).click();
  await person.look('webhook-new');
  await person.button('Create', panel).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  // Who has the list open sees it come.
  await colleague.page.getByRole('table', { name: 'Webhooks' }).getByRole('link', { name }).waitFor();

  await person.hears('Nothing is sent before it has a secret');
  await page.getByRole('tab', { name: 'Set up' }).click();
  await person.button('Make a secret').click();
  await person.button('Make a secret', person.dialog('Make a secret')).click();
  await person.button('I have kept it').click();
  await page.getByText('Nothing is sent before it has a secret').waitFor({ state: 'detached' });
  await person.look('webhook');
  await page.getByRole('tab', { name: 'Deliveries' }).click();

  await person.button('Replay events').click();
  const replay = person.dialog('Replay events');
  await person.button('Replay', replay).click();
  await replay.getByRole('alert').first().waitFor();
  await replay.getByLabel(/^From/).fill(local(Date.now() - 300_000));
  await person.look('replay');
  await person.button('Replay', replay).click();
  await replay.waitFor({ state: 'detached' });
  const log = page.getByRole('table', { name: 'Deliveries' });
  await person.choose(page.getByRole('combobox', { name: 'Status' }), 'Tried again');
  await assert.doesNotReject(async () => {
    for (let i = 0; i < 60 && !(await log.isVisible()); i++) {
      await person.button('Look again').click();
      await page.waitForTimeout(500);
    }
    await log.waitFor();
  });
  await log.getByRole('button', { name: 'contacts.contact.created' }).first().click();
  const delivery = person.dialog('contacts.contact.created');
  await delivery.getByRole('region', { name: 'Try 1: Sent' }).getByText('POST https://hooks.partner.invalid/crm').waitFor();
  await person.look('delivery');
  await person.keys('Escape');
  await delivery.waitFor({ state: 'detached' });

  // What one changes the other sees, without a reload.
  await person.button('Pause').click();
  await colleague.page
    .getByRole('row', { name: new RegExp(name) })
    .getByText('Paused')
    .waitFor();
  await colleague.leave();

  await person.button('Delete').click();
  await person.button('Delete', page.getByRole('dialog', { name: /^Delete/ })).click();
  await person.hears(`${name} is in the trash`);
  await page.waitForURL((url) => url.pathname === '/settings/webhooks');
  await person.leave();
});

test('whoever leaves what they have not saved is asked, whichever way they go', async () => {
  const person = await Person.enter(browser, { user: 'administrator', path: '/settings/company' });
  const { page } = person;
  const input = page.getByLabel(/^Name/);
  const before = await input.inputValue();
  const discard = person.dialog('Discard what you have entered?');
  await place(person, 'Teams').click();
  await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
  await place(person, 'Company').click();
  await input.fill('Elsewhere Inc.');

  await place(person, 'Members').click();
  await discard.waitFor();
  await person.look('discard');
  await person.button('Go on editing', discard).click();
  await discard.waitFor({ state: 'detached' });
  assert.equal(await input.inputValue(), 'Elsewhere Inc.');

  await page.goBack();
  await discard.waitFor();
  assert.equal(new URL(page.url()).pathname, '/settings/company');
  await person.keys('Escape');
  await discard.waitFor({ state: 'detached' });
  assert.equal(await input.inputValue(), 'Elsewhere Inc.');

  await page.goBack();
  await person.button('Discard', discard).click();
  await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
  await place(person, 'Company').click();
  await input.waitFor();
  assert.equal(await input.inputValue(), before);
  // What is saved, or as it was, holds nobody.
  await input.fill(`${before}!`);
  await input.fill(before);
  await place(person, 'Members').click();
  await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor();
  await person.leave();
});

test('a company that seems to be there already is asked about, where an administrator wants it', async () => {
  const person = await Person.enter(browser, { user: 'administrator', path: '/settings' });
  const { page } = person;
  const accounts = page.getByRole('combobox', { name: 'Duplicate accounts' });
  const wants = async (what) => {
    await person.choose(accounts, what);
    await person.button('Save').click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
  };
  const name = fresh('Twin ');
  const enter = async () => {
    await person.button('New Account').click();
    const form = person.dialog('New Account');
    await form.getByRole('textbox', { name: /^Name/ }).fill(name);
    await person.button('Create', form).click();
    return form;
  };
  try {
    await page.getByRole('searchbox', { name: 'Search in settings' }).fill('duplicates');
    await place(person, 'Contacts and accounts').click();
    await wants('Ask before it is entered');
    await page.reload();
    await accounts.getByText('Ask before it is entered').waitFor();
    const country = page.getByRole('combobox', { name: 'Country' });
    await person.find(country, 'germ', 'Germany');
    await person.look('contact-settings-changed');
    await person.button('Discard').click();
    assert.equal(await country.inputValue(), '');

    await person.open('/accounts');
    await enter();
    await person.hears(`${name} is created`);
    const form = await enter();
    await form.getByRole('alert').getByText('This seems to be there already.').waitFor();
    await person.look('duplicate-asked');
    await person.button('Create it all the same', form).click();
    await form.waitFor({ state: 'detached' });
    const { items } = await person.ask('GET', `accounts?filter=name = "${name}"`);
    assert.equal(items.length, 2);

    await person.open('/settings/contacts');
    await wants('Enter it and say whom it resembles');
  } finally {
    const { items } = await person.ask('GET', 'contactSettings');
    for (const { id } of items) await person.change('contactSettings', id, { duplicateAccounts: null });
  }
  await person.leave();
});

test('who may not say how companies are entered finds no page for it', async () => {
  const person = await Person.enter(browser, { path: '/settings/contacts' });
  await person.page.getByText('There is no such page for you').waitFor();
  assert.equal(await place(person, 'Contacts and accounts').count(), 0);
  await person.leave();
});

test('what somebody did is found, looked into and taken back', async () => {
  const person = await Person.enter(browser, { user: 'administrator' });
  const { page } = person;
  const lastName = fresh('Undone');
  const contact = await person.make('contacts', { firstName: 'Grace', lastName });
  await person.change('contacts', contact.id, { jobTitle: 'Captain' });
  await person.open(`/settings/audit?recordId=${contact.id}`);
  const table = page.getByRole('table', { name: 'Audit' });
  await table.getByRole('row').nth(2).waitFor();
  assert.equal(await table.getByRole('row').count(), 3);
  await person.look('audit');
  await table.getByRole('button').first().click();
  const entry = page.getByRole('dialog');
  await entry
    .getByRole('row', { name: /Job title/ })
    .getByText('Captain')
    .waitFor();
  await person.look('audit-entry');
  await person.button('Undo the operation', entry).click();
  await person.hears('Taken back');
  assert.equal((await person.ask('GET', `contacts/${contact.id}`)).jobTitle, null);
  await table.getByRole('row').nth(3).waitFor();
  await person.leave();
});

test('an administrator sees what somebody with a role sees', async () => {
  const person = await Person.enter(browser, { user: 'administrator', path: '/settings/roles/ready/readOnly' });
  const { page } = person;
  const contacts = page.getByRole('region', { name: 'Contacts' });
  const place = (name) => page.getByRole('navigation', { name: 'Where they can go' }).getByRole('button', { name, exact: true });
  const said = (text) => contacts.getByText(text, { exact: true });
  await page.getByRole('tab', { name: 'Preview as this role' }).click();
  await place('Contacts').click();
  await said('See: All').waitFor();
  await said('Change: None').waitFor();
  assert.deepEqual([await place('Webhooks').count(), await said('Read and changed').count()], [0, 0]);
  await person.look('role-preview');
  await person.open('/settings/roles/ready/administrator');
  await page.getByRole('tab', { name: 'Preview as this role' }).click();
  await place('Contacts').click();
  await said('Change: All').waitFor();
  await said('Read and changed').first().waitFor();
  await place('Webhooks').waitFor();
  await person.leave();
});

for (const [name, width] of Object.entries(widths))
  test(`what is said in passing covers no button of a panel, on a ${name}`, async () => {
    const person = await Person.enter(browser, { user: 'administrator', path: '/settings/members', width });
    const { page } = person;
    const panel = page.getByRole('dialog', { name: 'Demo Support', exact: true });
    const open = () =>
      page
        .getByRole('row', { name: /support@demo.example/ })
        .getByRole('button')
        .click();
    await open();
    await panel.getByLabel(/^Job title/).fill(fresh('Support '));
    await person.button('Save', panel).click();
    await panel.waitFor({ state: 'detached' });
    await open();
    await panel.waitFor();
    await page.getByText('Demo Support is saved').waitFor();
    await person.look(`passing-${name}`);
    const isFree = (button) =>
      button.evaluate((element) => {
        const { x, y, width: wide, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(x + wide / 2, y + height / 2));
      });
    await page.getByText('Demo Support is saved').hover();
    for (const label of ['Save', 'Deactivate', 'Close']) assert.ok(await isFree(person.button(label, panel)), label);
    await person.leave();
  });
