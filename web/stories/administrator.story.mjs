// Who sets the company up: a field that all have at once and some do not, people and what they may do, a key for a program.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { finish, fresh, launch, Person } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

const place = (person, name) =>
  person.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: new RegExp(`^${name}`) });

/** A role like a ready-made one, and somebody who has it from now on instead. */
async function roleLike(person, role, email) {
  const { page } = person;
  const title = fresh('Role ');
  await person.open('/settings/roles');
  await page.getByRole('main').getByRole('link', { name: role, exact: true }).click();
  await person.button('Copy').click();
  await page.getByLabel(/^Title/).fill(title);
  await person.button('Create').click();
  await person.hears(`${title} is saved`);
  await place(person, 'Members').click();
  await page.getByRole('main').getByRole('searchbox', { name: 'Search', exact: true }).fill(email);
  await page
    .getByRole('row', { name: new RegExp(email) })
    .getByRole('button')
    .click();
  const panel = page.getByRole('dialog', { name: /^Demo \w+$/ });
  await panel.getByRole('checkbox', { name: role, exact: true }).click();
  await panel.getByRole('checkbox', { name: title, exact: true }).click();
  await person.look('member');
  await person.button('Save', panel).click();
  await panel.waitFor({ state: 'detached' });
  await page
    .getByRole('row', { name: new RegExp(email) })
    .getByText(title)
    .waitFor();
  return title;
}

test('a field of their own is listed, edited, filtered, exported and hidden without a reload', async () => {
  const person = await Person.enter(browser, { user: 'administrator', path: '/settings/roles' });
  const { page } = person;
  const email = 'marketing@demo.example';
  const lastName = fresh('Shoes');
  const label = fresh('Shoe size ');
  try {
    const role = await roleLike(person, 'Marketing', email);
    const contact = await person.make('contacts', { firstName: 'Grace', lastName });
    const colleague = await Person.enter(browser, { user: 'marketing' });
    const theirs = colleague.page;
    await colleague.grid().getByRole('gridcell').nth(5).waitFor();

    await place(person, 'Data model').click();
    await page.getByRole('main').getByRole('link', { name: 'Contacts', exact: true }).click();
    await person.button('Add a field').click();
    const panel = person.dialog('New field');
    await panel.getByLabel(/^Label/).fill(label);
    await person.choose(panel.getByLabel('Kind'), 'Number');
    const name = await panel.getByLabel('Name for programs').inputValue();
    await person.look('field');
    await person.button('Add a field', panel).click();
    await person.hears(`${label} is added`);
    await page.getByRole('table', { name: 'Your fields' }).getByRole('button', { name: label }).waitFor();

    // Listed.
    await colleague.button('Columns').click();
    await theirs.getByRole('textbox', { name: 'Search', exact: true }).fill(label);
    await theirs.getByRole('checkbox', { name: label }).click();
    await colleague.keys('Escape');
    const column = await colleague.column(label);
    // Edited.
    await theirs.getByRole('searchbox', { name: 'Search in this list' }).fill(lastName);
    await theirs.getByText('1 record', { exact: true }).waitFor();
    await colleague.cell(0, column).click();
    await colleague.keys('Enter');
    await theirs.getByRole('textbox', { name: `Edit ${label}` }).fill('43');
    await colleague.keys('Enter');
    await colleague.hears('Saved');
    // Filtered.
    await theirs.getByRole('searchbox', { name: 'Search in this list' }).fill('');
    await theirs.getByRole('button', { name: 'Filter' }).click();
    await colleague.button('Add a condition').click();
    await colleague.find(theirs.getByRole('combobox', { name: 'Field' }), label);
    await theirs.getByRole('textbox', { name: 'Value' }).fill('43');
    await theirs.waitForURL((url) => url.searchParams.get('filter') === `custom.${name} = 43`);
    await theirs.getByText('1 record', { exact: true }).waitFor();
    await colleague.look('field-filtered');
    await colleague.keys('Escape');
    // Exported.
    const [download] = await Promise.all([
      theirs.waitForEvent('download'),
      colleague
        .button('Export')
        .click()
        .then(() => theirs.getByRole('menuitem', { name: 'As CSV' }).click()),
    ]);
    const [heads, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
    assert.match(heads, new RegExp(`${label}|custom\\.${name}`));
    assert.equal(lines.length, 1);
    assert.match(lines[0], new RegExp(`${lastName}.*43`));
    // Hidden from who has a role.
    await theirs
      .getByRole('button', { name: /Filter|condition/ })
      .first()
      .click();
    await colleague.button('Clear the filter').first().click();
    await colleague.keys('Escape');
    await place(person, 'Roles').click();
    await page.getByRole('main').getByRole('link', { name: role }).click();
    await page.getByRole('button', { name: /^Fields of Contacts/ }).click();
    const fields = person.dialog('Fields of Contacts');
    await fields.getByRole('searchbox').fill(label);
    await person.choose(fields.getByRole('combobox', { name: label }), 'Hidden');
    await person.button('Done', fields).click();
    await person.button('Save').click();
    await person.hears(`${role} is saved`);
    await theirs.getByRole('columnheader', { name: label }).waitFor({ state: 'detached' });
    await colleague.grid().getByRole('gridcell').nth(5).waitFor();
    assert.ok(!(name in (await colleague.ask('GET', `contacts/${contact.id}`)).custom));
    assert.equal((await person.ask('GET', `contacts/${contact.id}`)).custom[name], 43);
    await colleague.leave();
  } finally {
    const { items } = await person.ask('GET', `users?filter=email = "${email}"`);
    await person.change('users', items[0].id, { roles: ['marketing'] });
  }
  await person.leave();
});

test('somebody is invited, with what is wrong said at its field', async () => {
  const person = await Person.enter(browser, { user: 'administrator', path: '/settings/members' });
  const { page } = person;
  const name = fresh('Jean ');
  const email = `${name.replace(' ', '.').toLowerCase()}@demo.example`;
  await person.button('Invite').click();
  const panel = person.dialog('Invite somebody');
  await panel.getByLabel(/^Name/).fill(name);
  await panel.getByLabel(/^Email/).fill('nowhere');
  await panel.getByRole('checkbox', { name: 'Sales', exact: true }).first().click();
  await person.button('Invite', panel).click();
  await panel.getByRole('alert').first().waitFor();
  assert.equal(await panel.getByLabel(/^Name/).inputValue(), name);
  await person.look('invite');
  await panel.getByLabel(/^Email/).fill(email);
  await person.button('Invite', panel).click();
  await panel.waitFor({ state: 'detached' });
  await page
    .getByRole('row', { name: new RegExp(email) })
    .getByText('Invited')
    .waitFor();
  await person.leave();
});

test('the secret of an API key is shown once, and opens until it is revoked', async () => {
  const person = await Person.enter(browser, { user: 'administrator', path: '/settings/api-keys' });
  const { page } = person;
  const name = fresh('Key ');
  await person.button('New API key').first().click();
  const panel = person.dialog('New API key');
  await panel.getByLabel(/^Name/).fill(name);
  await panel.getByRole('checkbox', { name: 'Read only', exact: true }).click();
  await person.button('Create', panel).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await person.button('Make a secret').click();
  await person.button('Make a secret', person.dialog('Make a secret')).click();
  const shown = person.dialog('Keep this secret now');
  const secret = await shown.getByRole('textbox', { name: 'Secret' }).inputValue();
  await person.look('secret');
  const status = async () =>
    (
      await person.context.request.get(new URL('/api/v1/contacts?limit=1', page.url()).href, {
        headers: { Authorization: `Bearer ${secret}` },
      })
    ).status();
  assert.equal(await status(), 200);
  await person.button('I have kept it', shown).click();
  await shown.waitFor({ state: 'detached' });
  // Neither what is shown nor what is typed nor what the browser keeps has it.
  const isKept = () =>
    page.evaluate((word) => {
      const typed = [...document.querySelectorAll('input, textarea')].map(({ value }) => value);
      const kept = [localStorage, sessionStorage].map((storage) => JSON.stringify({ ...storage }));
      return [document.documentElement.outerHTML, ...typed, ...kept].some((text) => text.includes(word));
    }, secret);
  assert.equal(await isKept(), false, 'the secret is shown once');
  await page.reload();
  await page.getByRole('table', { name: 'Secrets' }).getByRole('row').nth(1).waitFor();
  assert.equal(await isKept(), false, 'the secret is not shown again');
  await person.button('Revoke').click();
  await person.button('Revoke', page.getByRole('dialog', { name: /^Revoke/ })).click();
  await person.button('Revoke').waitFor({ state: 'detached' });
  for (let i = 0; i < 100 && (await status()) !== 401; i++) await new Promise((done) => setTimeout(done, 100));
  assert.equal(await status(), 401);
  await person.leave();
});
