// What is asked before something is done, and what is said where it is not: what becomes of a lead's fields, which moves a pipeline allows, refusals in German.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, fresh, launch, Person, widths } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

/** Until what was told another service has arrived there. */
async function until(ask, isSo) {
  for (let i = 0; i < 100; i++) {
    const told = await ask();
    if (isSo(told)) return told;
    await new Promise((done) => setTimeout(done, 200));
  }
  assert.fail('it has not come');
}

test('a lead becomes somebody who is there, field by field', async () => {
  const person = await Person.enter(browser);
  const email = `${fresh('ada').toLowerCase()}@engines.example`;
  const [account, lastName] = [await person.make('accounts', { name: fresh('Engines'), industry: 'Steam' }), fresh('Lovelace')];
  const contact = await person.make('contacts', { firstName: 'Ada', lastName, email, jobTitle: 'Poet', accountId: account.id });
  const lead = await person.make('leads', {
    firstName: 'Augusta',
    lastName,
    email,
    jobTitle: 'Countess',
    source: 'fair',
    phone: '+4930123456',
  });
  await person.ask('POST', `leads/${lead.id}/change-status`, { to: 'qualified' });
  await until(
    () => person.ask('GET', `leads/${lead.id}/matches`),
    ({ contacts }) => contacts.some(({ id }) => id === contact.id),
  );
  await person.open(`/leads/${lead.id}`);
  await person.button('Convert').click();
  const dialog = person.dialog('Convert');
  await dialog.getByRole('radio', { name: new RegExp(`^Ada ${lastName}`) }).waitFor();
  const map = dialog.getByRole('group').filter({ hasText: 'Fields: Contact' });
  await map.getByText('Fields: Contact').click();
  await person.look('convert-fields');
  await person.page.setViewportSize({ width: widths.phone, height: 740 });
  await person.look('convert-fields-phone');
  await person.page.setViewportSize({ width: widths.desk, height: 900 });
  const title = map.getByRole('listitem').filter({ hasText: 'Job title' });
  assert.match(await title.textContent(), /Poet\s*Lead: Countess/);
  const counts = map.locator('summary');
  const [taken, kept] = (await counts.textContent()).match(/\d+/g).map(Number);
  const counted = (more, less) => counts.getByText(new RegExp(`\\b${taken + more} (is|are) taken · ${kept - less} stays? as`)).waitFor();
  await person.choose(map.getByRole('combobox', { name: 'What becomes of Job title' }), 'The lead’s is taken');
  await counted(1, 1);
  assert.match(await title.textContent(), /Poet\s*Countess/);
  await person.choose(map.getByRole('combobox', { name: 'What becomes of Source' }), 'Is left out');
  await counted(0, 1);
  await person.button('Convert', dialog).click();
  const converted = person.dialog('Converted');
  await converted.getByText('The lead has become:').waitFor();
  const now = await until(
    () => person.ask('GET', `contacts/${contact.id}`),
    ({ jobTitle }) => jobTitle === 'Countess',
  );
  assert.deepEqual([now.firstName, now.source, now.phone], ['Ada', null, '+4930123456']);
  await person.button('Take the conversion back', converted).click();
  await person.hears('Taken back');
  await until(
    () => person.ask('GET', `contacts/${contact.id}`),
    ({ jobTitle, phone }) => jobTitle === 'Poet' && phone === null,
  );
  await person.leave();
});

test('why a lead is not converted is said before anything is filled in', async () => {
  const person = await Person.enter(browser);
  const lead = await person.make('leads', { lastName: fresh('New') });
  await person.open(`/leads/${lead.id}?do=convert`);
  const dialog = person.dialog('Convert');
  await dialog
    .getByRole('alert')
    .getByText(/does not become Converted. It may become: .*Working/)
    .waitFor();
  assert.ok(await person.button('Convert', dialog).isDisabled());
  await person.look('convert-not-yet');
  await person.leave();
});

test('the moves of a pipeline are chosen by keyboard, and hold on the board', async () => {
  const person = await Person.enter(browser, { user: 'administrator' });
  const { page } = person;
  const pipeline = await person.make('pipelines', { name: fresh('Moves ') });
  const stages = [];
  for (const [position, [name, type]] of [
    ['First', 'open'],
    ['Second', 'open'],
    ['Won', 'won'],
    ['Lost', 'lost'],
  ].entries())
    stages.push(await person.make('stages', { name, type, position, pipelineId: pipeline.id }));
  await person.open(`/settings/pipelines/${pipeline.id}`);
  await page.getByText('Deals move freely between open stages').waitFor();
  await page.getByRole('switch', { name: 'Only certain moves are allowed' }).click();
  const move = (name) => page.getByRole('grid', { name: 'Moves' }).getByRole('checkbox', { name, exact: true });
  await move('First to Second').waitFor();
  await person.tabTo(move('First to Second'));
  // The cell of a stage itself is stepped over.
  await person.keys('ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowLeft');
  await move('Second to First').and(page.locator(':focus')).waitFor();
  await person.keys('ArrowRight', 'ArrowUp', 'ArrowLeft');
  await move('First to Second').and(page.locator(':focus')).waitFor();
  await person.keys('ArrowRight', 'Space');
  assert.equal(await move('First to Won').isChecked(), false);
  await person.keys('ArrowRight', 'Enter');
  const who = person.dialog('First to Lost: for whom');
  await who.getByLabel('Roles').fill('manager');
  await person.look('moves-for-whom');
  await person.button('Take over', who).click();
  await move('First to Lost: manager').waitFor();
  await person.look('moves');
  await page.setViewportSize({ width: widths.phone, height: 740 });
  await person.look('moves-phone');
  await page.setViewportSize({ width: widths.desk, height: 900 });
  await person.button('Save').click();
  await person.hears('Saved');
  const { moves } = await person.ask('GET', `pipelines/${pipeline.id}`);
  const nameOf = (id) => stages.find((stage) => stage.id === id)?.name ?? 'any';
  assert.deepEqual(
    moves.map(({ from, to, roles }) => [nameOf(from), nameOf(to), roles.join()].join(' ').trim()),
    ['First Second', 'First Lost manager', 'Second any'],
  );
  const deal = await person.make('deals', { name: fresh('Deal'), pipelineId: pipeline.id });
  const refused = await person.context.request.post(`${process.env.ADDRESS}/api/v1/deals/${deal.id}/win`, {
    headers: { Authorization: person.token },
    data: { reason: 'Price' },
  });
  assert.equal((await refused.json()).code, 'transition_not_allowed');
  await page.getByRole('switch', { name: 'Only certain moves are allowed' }).click();
  await person.button('Save').click();
  await person.button('Save').waitFor({ state: 'detached' });
  assert.deepEqual((await person.ask('GET', `pipelines/${pipeline.id}`)).moves, []);
  await person.ask('PATCH', `pipelines/${pipeline.id}`, { archived: true });
  await person.leave();
});

test('what is refused is said in German, with the label of its field', async () => {
  const person = await Person.enter(browser, { language: 'de' });
  const { page } = person;
  await person.button('Neu: Kontakt').click();
  const form = person.dialog(/Kontakt/);
  await form.getByLabel('Nachname').fill(fresh('Deutsch'));
  await form.getByLabel('E-Mail', { exact: true }).fill('keine Adresse');
  await person.button('Anlegen', form).click();
  await form.getByRole('alert').getByText('Eine E-Mail-Adresse sieht aus wie ada@example.com.').waitFor();
  const said = await form
    .getByLabel('E-Mail', { exact: true })
    .evaluate((input) => document.getElementById(input.getAttribute('aria-describedby'))?.textContent);
  assert.equal(said, 'Eine E-Mail-Adresse sieht aus wie ada@example.com.');
  await person.look('refused-german');
  const contact = await person.make('contacts', { lastName: fresh('Deutsch') });
  await person.open(`/contacts/${contact.id}`);
  await person.button('Telefon bearbeiten').click();
  await page.getByRole('textbox', { name: 'Telefon' }).fill('keine Nummer');
  await person.keys('Enter');
  await page.getByRole('alert').getByText('Eine Telefonnummer sieht aus wie +4930123456.').waitFor();
  await person.look('refused-german-field');
  await person.open(`/contacts?filter=${encodeURIComponent(`lastName = "${contact.lastName}"`)}&columns=displayName,email`);
  await person.cell(0, 1).waitFor();
  await person.settled();
  await person.cell(0, 1).click();
  await person.type('keine Adresse');
  await person.keys('Enter');
  await person.hears('E-Mail wurde nicht geändert');
  await person.hears('Eine E-Mail-Adresse sieht aus wie ada@example.com.');
  await person.leave();
});
