// Who answers for a team: what is to be expected, what everybody should look at, what is put right in many records at once, and in one of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day, finish, fresh, launch, Person } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

const deal = (name, amount) => ({ name, amount: { amount, currency: 'EUR' }, expectedCloseOn: day(0) });

test('a board says what its deals come to, also when they move', async () => {
  const person = await Person.enter(browser, { user: 'manager' });
  const { page } = person;
  const name = fresh('Sum');
  const [one] = await Promise.all([
    person.make('deals', deal(`${name} one`, '1000.00')),
    person.make('deals', deal(`${name} two`, '2500.00')),
  ]);
  await person.open(`/deals/board?filter=${encodeURIComponent(`name ~ "${name}*"`)}`);
  const lane = (stage) => page.getByRole('region', { name: stage, exact: true });
  await page.getByText(/€3,500 · €350 weighted/).waitFor();
  await lane('Qualification').getByText('€3.5K').waitFor();
  await page.getByRole('button', { name: `Move ${name} one` }).click();
  await page.getByRole('menuitem', { name: 'To Needs analysis' }).click();
  await lane('Needs analysis').getByText('€1K').waitFor();
  await lane('Qualification').getByText('€2.5K').waitFor();
  await page.getByText(/€3,500 · €500 weighted/).waitFor();
  await person.change('deals', one.id, { amount: { amount: '4000.00', currency: 'EUR' } });
  await lane('Needs analysis').getByText('€4K').waitFor();
  await person.leave();
});

test('a forecast follows what is entered, and what is said of it', async () => {
  // A quarter of their own: whatever else is entered meanwhile is expected of another one.
  const year = 2030 + (Date.now() % 900);
  const person = await Person.enter(browser, { user: 'manager', path: `/forecast?period=${year}-Q1` });
  const { page } = person;
  // While a dialog is open its surroundings have no roles.
  const row = (name) => page.locator('tbody tr').filter({ has: page.locator('th', { hasText: name }) });
  const says = (name, column, amount) => row(name).locator('td').nth(column).getByText(amount).first().waitFor();
  await page.getByText('Nothing is expected of this period yet.').waitFor();
  const name = fresh('Forecast');
  await person.make('deals', { ...deal(name, '4321.00'), expectedCloseOn: `${year}-02-01`, ownerId: await person.id() });
  await says('All together', 0, '€4,321');
  await says('All together', 4, '€432.10');
  await row('Sales')
    .getByRole('button', { name: /^Adjust/ })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Adjust/ });
  await dialog.getByLabel('By how much, in EUR').fill('250');
  await dialog.getByLabel('Why').fill(name);
  await person.look('forecast-adjust');
  await person.button('Add the adjustment', dialog).click();
  await person.hears('The forecast is adjusted');
  await says('Sales', 2, '€250');
  await dialog.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: 'Remove' }).click();
  await dialog.getByText(name).waitFor({ state: 'detached' });
  await person.leave();
});

test('a filter becomes a view that the team has', async () => {
  const [person, colleague] = await Promise.all([Person.enter(browser, { user: 'manager' }), Person.enter(browser)]);
  const { page } = person;
  const name = fresh('View ');
  await person.open(`/contacts?filter=${encodeURIComponent('jobTitle ~ "*Manager*"')}`);
  await person.button('Save as a view').click();
  const dialog = person.dialog('Save as a view');
  await dialog.getByLabel('Name of the view').fill(name);
  await person.choose(dialog.getByLabel('Who sees it'), 'My team');
  await person.look('view');
  await person.button('Save', dialog).click();
  const tab = (of) => of.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: new RegExp(name) });
  await tab(person).waitFor();
  await colleague.open('/contacts');
  await tab(colleague).click();
  await colleague.page.waitForURL((url) => url.searchParams.has('view'));
  await colleague
    .button('1 condition')
    .or(colleague.page.getByRole('button', { name: /Filter/ }))
    .first()
    .waitFor();
  const column = await colleague.column('Job title');
  await colleague.cell(0, column).getByText('Manager').waitFor();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await tab(person).waitFor({ state: 'detached' });
  await Promise.all([person.leave(), colleague.leave()]);
});

test('all that a filter finds is changed at once, and changed back', async () => {
  const person = await Person.enter(browser, { user: 'manager' });
  const { page } = person;
  const lastName = fresh('Bulk');
  await Promise.all(Array.from({ length: 12 }, (_, i) => person.make('contacts', { firstName: `No ${i}`, lastName })));
  await person.open(`/contacts?filter=${encodeURIComponent(`lastName = "${lastName}"`)}&columns=displayName,department`);
  await page.getByText('12 records', { exact: true }).waitFor();
  await page.getByRole('checkbox', { name: /^Select No 3 / }).click();
  await person.button('Select all 12').click();
  await page.getByText('All 12 are selected').waitFor();
  await person.button('Change a field').click();
  const dialog = person.dialog('Change a field');
  await person.find(dialog.getByLabel('Field to change'), 'Department');
  await dialog.getByLabel('New value').fill('Night shift');
  await person.look('bulk');
  const progress = page
    .getByText(/^\d+ of \d+$/)
    .first()
    .waitFor();
  await person.button('Change 12 records', dialog).click();
  await progress;
  await person.hears('12 records changed');
  await page.waitForFunction(
    () => [...document.querySelectorAll('[data-column="1"]')].filter((one) => one.textContent === 'Night shift').length === 12,
  );
  await person.button('Undo').first().click();
  await person.hears('Taken back');
  await page.waitForFunction(() => [...document.querySelectorAll('[data-column="1"]')].every((one) => one.textContent === ''));
  await person.leave();
});

test('an earlier value is found in the history, and is there again', async () => {
  const person = await Person.enter(browser, { user: 'manager' });
  const { page } = person;
  const contact = await person.make('contacts', { firstName: 'Grace', lastName: fresh('Past'), jobTitle: 'Lieutenant' });
  await person.change('contacts', contact.id, { jobTitle: 'Commander' });
  await person.open(`/contacts/${contact.id}`);
  await person.value('Job title').getByText('Commander').waitFor();
  const happened = page.getByRole('region', { name: 'What happened' });
  await happened.getByText('Lieutenant').first().waitFor();
  await person.look('history');
  await person.button('Restore this value of Job title', happened).click();
  await person.value('Job title').getByText('Lieutenant').waitFor();
  await person.hears('Saved');
  assert.equal((await person.ask('GET', `contacts/${contact.id}`)).jobTitle, 'Lieutenant');
  await person.leave();
});
