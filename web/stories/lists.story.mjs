// Lists: what is entered in them, edited where it stands, and found by conditions and by words.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, launch, Person } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

test('a contact is entered, found, edited where it stands, and taken back', async () => {
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
  await page.getByRole('textbox', { name: 'As text' }).fill('jobTitle = ');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('alert').first().waitFor();
  await person.look('filter-refused');
  assert.equal(await page.getByRole('textbox', { name: 'As text' }).inputValue(), 'jobTitle = ');
  await person.leave();
});
