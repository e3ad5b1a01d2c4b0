// A salesperson's day in lists: find, look, edit, enter, by keyboard alone; and what a colleague does meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, launch, Person, widths } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

for (const theme of ['light', 'dark'])
  for (const [name, width] of Object.entries(widths))
    test(`a list is readable in the ${theme} on a ${name}`, async () => {
      const person = await Person.enter(browser, { theme, width });
      await person.grid().getByRole('gridcell').nth(5).waitFor();
      await person.look(`list-${theme}-${name}`);
      await person.leave();
    });

test('a contact is entered, found, edited and taken back without a mouse', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const name = `Story${Date.now() % 1e8}`;
  await person.grid().getByRole('gridcell').nth(5).waitFor();
  await person.keys('c');
  await page.getByLabel('First name').waitFor();
  await person.type('Grace');
  await person.keys('Tab');
  await person.type(name);
  await person.look('create');
  await person.keys('Control+Enter');
  await page.getByText(`Grace ${name} is created`).waitFor();

  await person.keys('Escape', 'Control+k');
  await page.getByRole('combobox').waitFor();
  await person.type(name);
  await page.getByRole('option', { name: `Grace ${name}` }).waitFor();
  await person.look('command');
  await person.keys('Escape');

  await person.open(`/contacts?q=${name}`);
  await page.getByText('1 record', { exact: true }).waitFor();
  const column = await person.column('Job title');
  await person.grid().focus();
  for (let i = 0; i < column; i++) await person.keys('ArrowRight');
  await person.type('Admiral');
  await person.keys('Enter');
  await page.getByText('Saved').waitFor();
  assert.equal((await person.cell(0, column).textContent()).trim(), 'Admiral');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.waitForFunction((at) => document.querySelector(`[data-column="${at}"]`)?.textContent.trim() === '', column);
  await person.leave();
});

test('a filter is built from conditions and said in words', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('combobox', { name: 'Field' }).fill('Job title');
  await person.keys('Enter');
  await page.getByRole('textbox', { name: 'Value' }).fill('Manager');
  await page.waitForURL((url) => url.searchParams.get('filter') === 'jobTitle ~ "*Manager*"');
  await person.look('filter');
  await page.getByRole('button', { name: 'As text' }).click();
  await page.getByRole('combobox', { name: 'As text' }).fill('jobTitle = ');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('alert').first().waitFor();
  await person.look('filter-refused');
  assert.equal(await page.getByRole('combobox', { name: 'As text' }).inputValue(), 'jobTitle = ');
  await person.leave();
});

test('what a colleague changes is seen within a second', async () => {
  const [one, other] = await Promise.all([Person.enter(browser), Person.enter(browser, { user: 'manager' })]);
  const column = await one.column('Department').catch(() => one.column('Job title'));
  await Promise.all([one, other].map((person) => person.cell(1, column).waitFor()));
  await one.page.waitForTimeout(500); // both listen
  const words = `Seen ${Date.now() % 1e6}`;
  await other.cell(1, column).click();
  await other.type(words);
  await other.keys('Enter');
  const began = Date.now();
  await one.page.waitForFunction(
    ([at, text]) => document.querySelector(`[aria-rowindex="3"] [data-column="${at}"]`)?.textContent.includes(text),
    [column, words],
  );
  assert.ok(Date.now() - began < 2000, `${Date.now() - began} ms`);
  await Promise.all([one.leave(), other.leave()]);
});

test('what is refused stays typed, and says why', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  await person.grid().getByRole('gridcell').nth(5).waitFor();
  await person.keys('c');
  await page.getByLabel('Last name').fill('Hopper');
  await page.getByLabel('Email', { exact: true }).fill('not an address');
  await page.getByRole('button', { name: 'Create', exact: true }).last().click();
  await page.getByRole('dialog').getByRole('alert').first().waitFor();
  assert.equal(await page.getByLabel('Last name').inputValue(), 'Hopper');
  await person.look('create-refused');
  await person.context.setOffline(true);
  await page.getByLabel('Email', { exact: true }).fill('grace@navy.example');
  await page.getByRole('button', { name: 'Create', exact: true }).last().click();
  await page.getByRole('dialog').getByText('offline').waitFor();
  assert.equal(await page.getByLabel('Last name').inputValue(), 'Hopper');
  await person.leave();
});
