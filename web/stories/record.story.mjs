// What people do with one record: read it, edit it beside somebody else, go back in time, throw it away and fetch it again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, Person, widths } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Enters a contact by keyboard and opens its page. */
async function enter(person, lastName) {
  const { page } = person;
  await person.grid().getByRole('gridcell').nth(5).waitFor();
  await person.keys('c');
  await page.getByLabel('First name').waitFor();
  await person.type('Edith');
  await person.keys('Tab');
  await person.type(lastName);
  await person.keys('Control+Enter');
  await page.getByText(`Edith ${lastName} is created`).waitFor();
  await page.getByRole('button', { name: 'Open the page' }).click();
  await page.getByRole('heading', { level: 1, name: `Edith ${lastName}` }).waitFor();
  return new URL(page.url()).pathname;
}

const unique = (name) => `${name}${Date.now() % 1e8}`;

/** Writes into a field of the page by keyboard alone. */
async function write(person, label, text) {
  const button = person.page.getByRole('button', { name: `Edit ${label}` });
  await button.focus();
  await person.keys('Enter');
  await person.page.getByRole('textbox', { name: label }).waitFor();
  await person.keys('Control+a');
  await person.type(text);
}

for (const theme of ['light', 'dark'])
  for (const [name, width] of Object.entries(widths))
    test(`a record is readable in the ${theme} on a ${name}`, async () => {
      const person = await Person.enter(browser, { theme, width });
      const { page } = person;
      const title = person.grid().getByRole('gridcell').getByRole('link').first();
      await title.waitFor();
      await title.click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Edit Last name' }).waitFor();
      await person.look(`record-${theme}-${name}`);
      if (width < 1000) {
        await page.getByRole('tab', { name: 'What happened' }).click();
        await page.getByText('entered the contact').waitFor();
        await person.look(`record-history-${theme}-${name}`);
        await page.getByRole('tab', { name: 'Related' }).click();
        await page.waitForURL(/tab=related/);
        await person.look(`record-related-${theme}-${name}`);
      }
      await person.leave();
    });

test('a record is edited, and what was is restored, without a mouse', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  await enter(person, unique('Keyboard'));
  await write(person, 'Job title', 'Engineer');
  await person.keys('Enter');
  await page.getByText('Saved').waitFor();
  await write(person, 'Job title', 'Captain');
  await person.keys('Enter');
  await page.getByText('Engineer', { exact: true }).waitFor(); // what it was is told beside it
  const restore = page.getByRole('button', { name: 'Restore this value of Job title' }).first();
  await restore.focus();
  await person.keys('Enter');
  await page
    .getByRole('definition')
    .filter({ hasText: /^Engineer$/ })
    .first()
    .waitFor();
  await write(person, 'Department', 'thrown away');
  await person.keys('Escape');
  assert.equal(await page.getByText('thrown away').count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Edit Department');
  await person.look('record-restored');
  await person.leave();
});

test('two people edit the same field, see each other, and lose nothing', async () => {
  const one = await Person.enter(browser);
  const path = await enter(one, unique('Conflict'));
  const other = await Person.enter(browser, { user: 'manager' });
  await other.open(path);
  await other.page.getByRole('button', { name: 'Edit Job title' }).waitFor();
  await other.page.waitForTimeout(500);

  await write(one, 'Job title', 'Pilot');
  await one.keys('Enter');
  await other.page.getByText(/has just changed this/).waitFor({ timeout: 3000 });
  await other.look('record-live');

  await write(other, 'Department', 'Theirs');
  await write(one, 'Department', 'Ours');
  await one.keys('Enter');
  await one.page.getByText('Ours', { exact: true }).first().waitFor();
  await other.keys('Enter');
  const dialog = other.page.getByRole('dialog');
  await dialog.getByText('Theirs').waitFor();
  await dialog.getByText('Ours').waitFor();
  await other.look('record-conflict');
  await other.keys('Escape');
  assert.equal(await other.page.getByRole('textbox', { name: 'Department' }).inputValue(), 'Theirs');
  await other.page.getByRole('textbox', { name: 'Department' }).focus();
  await other.keys('Enter');
  await dialog.getByRole('radio').first().waitFor();
  await dialog.getByRole('radio').first().focus();
  await other.keys('Space');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await one.page
    .getByRole('definition')
    .filter({ hasText: /^Theirs/ })
    .first()
    .waitFor();
  await one.leave();
  await other.leave();
});

test('a record is looked at as it was', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  await enter(person, unique('Past'));
  await write(person, 'Job title', 'Later');
  await person.keys('Enter');
  await page.getByText('changed Job title').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'entered the contact' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Look at it as it was then' }).click();
  await page.getByText('As it was on').waitFor();
  await page.getByText('Now: Later').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Edit Job title' }).count(), 0);
  await person.look('record-past');
  await page.getByRole('button', { name: 'Back to today' }).click();
  await page.getByRole('button', { name: 'Edit Job title' }).waitFor();
  await person.leave();
});

test('what was thrown away is found in the trash and comes back', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const name = unique('Trash');
  const path = await enter(person, name);
  await page.getByRole('button', { name: 'What you can do' }).click();
  await page.getByRole('menuitem', { name: 'Move to the trash' }).click();
  await page.getByText(`Edith ${name} is in the trash`).waitFor();
  await person.open(path);
  await page.getByText(/In the trash since/).waitFor();
  await page.getByText('moved the contact to the trash').waitFor();
  await person.look('record-in-trash');
  await person.open('/contacts/trash');
  await page.getByRole('link', { name: `Edith ${name}` }).waitFor();
  await person.look('trash');
  await page.getByRole('button', { name: `Restore Edith ${name}` }).click();
  await page.getByText(`Edith ${name} is back`).waitFor();
  await person.open(path);
  await page.getByRole('button', { name: 'Edit Job title' }).waitFor();
  await person.leave();
});

test('a lead becomes a contact with a company and a deal, and a lead again', async () => {
  const person = await Person.enter(browser, { path: '/leads' });
  const { page } = person;
  await person.open(`/leads?${new URLSearchParams({ filter: 'status = "qualified"', sort: '-createdAt' })}`);
  await person.grid().getByRole('gridcell').getByRole('link').first().click();
  await page.getByRole('button', { name: 'Convert' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio').first().waitFor();
  await dialog.getByRole('switch').click();
  await dialog.getByLabel('Amount').waitFor();
  await person.look('convert');
  await dialog.getByRole('button', { name: 'Convert' }).click();
  await dialog.getByRole('link', { name: 'Open the deal' }).waitFor();
  await person.look('converted');
  await dialog.getByRole('button', { name: 'Take the conversion back' }).click();
  await page.getByText('Taken back').waitFor();
  await page.getByRole('button', { name: 'Convert' }).waitFor();
  await person.leave();
});

test('two records that are the same become one', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const [first, second] = [unique('Twin'), `${unique('Twin')}b`];
  await enter(person, second);
  await person.open('/contacts');
  const path = await enter(person, first);
  await person.open(`${path}?do=merge`);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill(second);
  await page.getByRole('option', { name: `Edith ${second}` }).click();
  const theirs = dialog.getByRole('radio', { name: `Last name: Edith ${second}` });
  await theirs.check();
  await person.look('merge');
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: `Edith ${second}` }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByRole('heading', { level: 1, name: `Edith ${first}` }).waitFor();
  await person.leave();
});
