// The days of a salesperson and of a manager without a mouse: every control is gone to by keys, and works by them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day, finish, fresh, launch, Person } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

/** Goes to a control and presses it. */
async function press(person, target, key = 'Enter') {
  await person.tabTo(target);
  await person.keys(key);
}

/** Opens what floats beside a control, and goes down to an entry of it. */
async function pick(person, target, role, name) {
  await press(person, target);
  const entry = person.page.getByRole(role, { name, exact: true });
  await entry.waitFor();
  const isChosen = () => entry.evaluate((one) => one === document.activeElement || one.hasAttribute('data-highlighted'));
  for (let i = 0; i < 30 && !(await isChosen()); i++) await person.keys('ArrowDown');
  assert.ok(await isChosen(), `${name} is not reached`);
  await person.keys('Enter');
  await entry.waitFor({ state: 'detached' });
}

/** What was told a moment ago is taken back. */
async function undo(person, told) {
  await person.hears(told);
  await person.keys('F6');
  await press(person, person.page.getByRole('dialog').filter({ hasText: told }).getByRole('button', { name: 'Undo' }));
  await person.hears('Taken back');
}

test('somebody is found and changed, and changed back', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const lastName = fresh('Keys');
  const contact = await person.make('contacts', { firstName: 'Grace', lastName, jobTitle: 'Lieutenant' });
  await person.grid().getByRole('gridcell').nth(5).waitFor();
  const option = page.getByRole('option', { name: `Grace ${lastName}` });
  await person.keys('Control+k');
  await page.getByRole('combobox').waitFor();
  await person.type(lastName);
  await option.waitFor();
  await person.keys('Enter');
  await page.getByRole('heading', { level: 1, name: `Grace ${lastName}` }).waitFor();
  await press(person, person.button('Edit Job title'));
  await person.keys('Control+a');
  await person.type('Commander');
  await person.keys('Enter');
  await undo(person, 'Saved');
  await person.value('Job title').getByText('Lieutenant').waitFor();
  assert.equal((await person.ask('GET', `contacts/${contact.id}`)).jobTitle, 'Lieutenant');
  await person.leave();
});

test('somebody is entered, and who that may be already is gone to', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const lastName = fresh('Twin');
  const email = `${lastName.toLowerCase()}@navy.example`;
  await person.make('contacts', { firstName: 'Grace', lastName, email });
  await person.grid().getByRole('gridcell').nth(5).waitFor();
  await person.keys('c');
  const form = person.dialog('New Contact');
  await person.tabTo(form.getByLabel('Last name'));
  await person.type('Hopper');
  await person.tabTo(form.getByLabel('Email', { exact: true }));
  await person.type(email);
  await person.tabTo(form.getByRole('link', { name: `Grace ${lastName}` }));
  const other = fresh('other').toLowerCase();
  await person.tabTo(form.getByLabel('Email', { exact: true }), { key: 'Shift+Tab' });
  await person.keys('Control+a');
  await person.type(`${other}@navy.example`);
  await person.tabTo(form.getByLabel('Last name'), { key: 'Shift+Tab' });
  await person.keys('Control+a');
  await person.type(other);
  await person.keys('Control+Enter');
  await undo(person, `${other} is created`);
  await page.getByText(`${other} is created`).waitFor({ state: 'detached' });
  await person.leave();
});

test('a lead is converted, and is a lead again', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const company = fresh('Compilers');
  const lead = await person.make('leads', { firstName: 'Ada', lastName: fresh('Lead'), company });
  await person.ask('POST', `leads/${lead.id}/change-status`, { to: 'qualified' });
  await person.open(`/leads/${lead.id}`);
  await press(person, person.button('Convert'));
  const dialog = person.dialog('Convert');
  await dialog.getByRole('radio', { name: `New: ${company}` }).waitFor();
  await press(person, dialog.getByRole('switch', { name: 'Enter a deal, too' }), 'Space');
  await press(person, person.button('Convert', dialog));
  const converted = person.dialog('Converted');
  await converted.getByRole('link').nth(2).waitFor();
  await press(person, person.button('Take the conversion back', converted));
  await person.hears('Taken back');
  await page.getByRole('main').getByRole('button', { name: 'Convert', exact: true }).waitFor();
  await person.leave();
});

test('a deal is carried to another stage, left where it was, and won', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const name = fresh('Deal');
  await person.make('deals', { name, amount: { amount: '1200.00', currency: 'EUR' }, expectedCloseOn: day(20) });
  await person.open(`/deals/board?q=${name}`);
  const card = (stage) => page.getByRole('region', { name: stage, exact: true }).getByRole('link', { name });
  await person.tabTo(card('Qualification'));
  await person.keys('Space', 'ArrowRight', 'Escape');
  await page.getByText(`${name} stays where it was.`).waitFor();
  await person.keys('Space', 'ArrowRight', 'ArrowRight', 'Space');
  await card('Proposal').waitFor();
  await person.hears(`${name} is in Proposal`);
  await pick(person, page.getByRole('button', { name: `Move ${name}` }), 'menuitem', 'To Won');
  const dialog = person.dialog('Win the deal');
  await pick(person, dialog.getByRole('combobox'), 'option', 'Best fit');
  await press(person, person.button('Won', dialog));
  await undo(person, `${name} is in Won`);
  await card('Proposal').waitFor();
  await person.leave();
});

test('a filter is kept as a view of the team', async () => {
  const person = await Person.enter(browser, { user: 'manager' });
  const { page } = person;
  const name = fresh('View ');
  await person.open(`/contacts?filter=${encodeURIComponent('jobTitle ~ "*Manager*"')}`);
  await press(person, person.button('Save as a view'));
  const dialog = person.dialog('Save as a view');
  await person.tabTo(dialog.getByLabel('Name of the view'));
  await person.type(name);
  await pick(person, dialog.getByLabel('Who sees it'), 'option', 'My team');
  await press(person, person.button('Save', dialog));
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('link', { name: new RegExp(name) }).waitFor();
  await pick(person, views.getByRole('button', { name: 'More' }), 'menuitem', 'Delete');
  await views.getByRole('link', { name: new RegExp(name) }).waitFor({ state: 'detached' });
  await person.leave();
});

test('all that a filter finds is changed, and changed back', async () => {
  const person = await Person.enter(browser, { user: 'manager' });
  const { page } = person;
  const lastName = fresh('Bulk');
  await Promise.all([1, 2, 3].map((i) => person.make('contacts', { firstName: `No ${i}`, lastName })));
  await person.open(`/contacts?filter=${encodeURIComponent(`lastName = "${lastName}"`)}&columns=displayName,department`);
  await page.getByText('3 records', { exact: true }).waitFor();
  await press(person, person.grid(), 'Shift+Space');
  await person.tabTo(person.button('Select all 3'), { key: 'Shift+Tab' });
  await person.keys('Enter');
  await page.getByText('All 3 are selected').waitFor();
  await press(person, person.button('Change a field'));
  const dialog = person.dialog('Change a field');
  await person.tabTo(dialog.getByLabel('Field to change'));
  await person.type('Department');
  await page.getByRole('option', { name: 'Department', exact: true }).waitFor();
  await person.keys('Enter');
  await person.tabTo(dialog.getByLabel('New value'));
  await person.type('Night shift');
  await press(person, person.button('Change 3 records', dialog));
  await undo(person, '3 records changed');
  await page.waitForFunction(() => [...document.querySelectorAll('[data-column="1"]')].every((one) => one.textContent === ''));
  await person.leave();
});

test('a forecast is opened down to its deals', async () => {
  const person = await Person.enter(browser, { user: 'manager' });
  const { page } = person;
  const name = fresh('Forecast');
  await person.make('deals', {
    name,
    ownerId: await person.id(),
    amount: { amount: '990000.00', currency: 'EUR' },
    expectedCloseOn: day(0),
  });
  await person.open('/forecast');
  const row = (words) =>
    page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: words }) })
      .first();
  await press(person, row(/Sales/).getByRole('button').first());
  await press(
    person,
    row(/Demo Manager/)
      .getByRole('button')
      .first(),
  );
  await person.tabTo(page.getByRole('link', { name }));
  await person.keys('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await person.leave();
});

test('an earlier value is there again', async () => {
  const person = await Person.enter(browser, { user: 'manager' });
  const contact = await person.make('contacts', { firstName: 'Grace', lastName: fresh('Past'), jobTitle: 'Lieutenant' });
  await person.change('contacts', contact.id, { jobTitle: 'Commander' });
  await person.open(`/contacts/${contact.id}`);
  await press(person, person.button('Restore this value of Job title'));
  await person.value('Job title').getByText('Lieutenant').waitFor();
  await person.leave();
});
