// A salesperson's day: somebody is looked up, somebody entered, a lead converted, a deal brought to its end; and what was a slip is taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { day, finish, fresh, launch, Person } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

test('somebody is found by the command menu', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const lastName = fresh('Found');
  await person.make('contacts', { firstName: 'Grace', lastName });
  await page.getByRole('button', { name: 'Search and commands' }).click();
  const words = page.getByRole('combobox', { name: 'Search and commands' });
  const option = page.getByRole('option', { name: `Grace ${lastName}` });
  // What was entered a moment ago is found as soon as the search has heard of it.
  for (let i = 0; i < 40 && !(await option.isVisible()); i++) {
    await words.fill('');
    await words.fill(lastName);
    await option.waitFor({ timeout: 1500 }).catch(() => undefined);
  }
  await option.click();
  await page.getByRole('heading', { level: 1, name: `Grace ${lastName}` }).waitFor();
  await person.leave();
});

test('who enters somebody is told who that may be already', async () => {
  const person = await Person.enter(browser);
  const lastName = fresh('Twin');
  const email = `${lastName.toLowerCase()}@navy.example`;
  await person.make('contacts', { firstName: 'Grace', lastName, email });
  await person.button('New Contact').click();
  const form = person.dialog('New Contact');
  await form.getByLabel('Last name').fill('Hopper');
  await form.getByLabel('Email', { exact: true }).fill(email);
  await form.getByRole('heading', { name: 'This may be there already' }).waitFor();
  await form.getByRole('link', { name: `Grace ${lastName}` }).waitFor();
  await person.look('duplicate');
  const other = fresh('other').toLowerCase();
  await form.getByLabel('Last name').fill(other);
  await form.getByLabel('Email', { exact: true }).fill(`${other}@navy.example`);
  await form.getByRole('heading', { name: 'This may be there already' }).waitFor({ state: 'detached' });
  await person.button('Create', form).click();
  await person.hears(`${other} is created`);
  await person.button('Undo').first().click();
  await person.hears('Taken back');
  const { items } = await person.ask('GET', `contacts?filter=lastName = "${other}"`);
  assert.equal(items.length, 0);
  await person.leave();
});

test('a lead becomes a contact at a company with a deal, and a lead again', async () => {
  const person = await Person.enter(browser);
  const lastName = fresh('Lead');
  const company = fresh('Compilers');
  const lead = await person.make('leads', {
    firstName: 'Ada',
    lastName,
    company,
    email: `${lastName.toLowerCase()}@${company.toLowerCase()}.example`,
  });
  await person.ask('POST', `leads/${lead.id}/change-status`, { to: 'qualified' });
  await person.open(`/leads/${lead.id}`);
  await person.button('Convert').click();
  const dialog = person.dialog('Convert');
  await dialog.getByRole('radio', { name: `New: ${company}` }).waitFor();
  await dialog.getByRole('switch', { name: 'Enter a deal, too' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill(`Licences for ${company}`);
  await person.look('convert');
  await person.button('Convert', dialog).click();
  const converted = person.dialog('Converted');
  await converted.getByText('The lead has become:').waitFor();
  await person.look('converted');
  const links = await converted.getByRole('link').evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
  assert.deepEqual(
    links.map((link) => link.split('/')[1]),
    ['contacts', 'accounts', 'deals'],
  );
  const { name } = await person.ask('GET', links[2].slice(1));
  assert.equal(name, `Licences for ${company}`);
  await person.button('Take the conversion back', converted).click();
  await person.hears('Taken back');
  await person.button('Convert').waitFor();
  assert.equal((await person.ask('GET', `leads/${lead.id}`)).status, 'qualified');
  await person.leave();
});

test('a deal is moved by mouse and by keyboard, is won, and is not', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const name = fresh('Deal');
  await person.make('deals', { name, amount: { amount: '1200.00', currency: 'EUR' }, expectedCloseOn: day(20) });
  await person.open(`/deals/board?q=${name}`);
  const lane = (stage) => page.getByRole('region', { name: stage, exact: true });
  const card = (stage) => lane(stage).getByRole('article', { name });

  const [from, to] = [await card('Qualification').boundingBox(), await lane('Needs analysis').boundingBox()];
  await page.mouse.move(from.x + 40, from.y + from.height - 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + from.height, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + 160, { steps: 8 });
  await page.mouse.up();
  await card('Needs analysis').waitFor();
  await person.hears(`${name} is in Needs analysis`);

  await card('Needs analysis').getByRole('link', { name }).focus();
  await person.keys('Space', 'ArrowRight', 'Space');
  await card('Proposal').waitFor();
  await person.hears(`${name} is in Proposal`);

  await page.getByRole('button', { name: `Move ${name}` }).click();
  await page.getByRole('menuitem', { name: 'To Won' }).click();
  const dialog = person.dialog('Win the deal');
  await person.choose(dialog.getByRole('combobox'), 'Best fit');
  await person.look('win');
  await person.button('Won', dialog).click();
  await person.hears(`${name} is in Won`);
  await card('Won').waitFor();

  await page
    .getByRole('dialog')
    .filter({ hasText: `${name} is in Won` })
    .getByRole('button', { name: 'Undo' })
    .click();
  await card('Proposal').waitFor();
  const { items } = await person.ask('GET', `deals?filter=name = "${name}"`);
  assert.equal(items[0].status, 'open');
  await person.leave();
});
