// Cells as in a spreadsheet: rectangles of them are chosen, copied, pasted and emptied, and nothing is lost where somebody else is faster.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, fresh, launch, Person, widths } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

const columns = 'displayName,jobTitle,lifecycleStage,birthday,accountId,createdAt';

/** Three contacts of their own in a list of their own. */
async function three(word, { show = columns, ...as } = {}) {
  const person = await Person.enter(browser, as);
  await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lastName = fresh(word);
  const contacts = [];
  for (const firstName of ['Ada', 'Bea', 'Cyd'])
    contacts.push(await person.make('contacts', { firstName, lastName, jobTitle: `${firstName}'s job` }));
  const filter = encodeURIComponent(`lastName = "${lastName}"`);
  await person.open(`/contacts?filter=${filter}&sort=displayName&columns=${show}`);
  await person.cell(2, 1).waitFor();
  await person.settled();
  return { person, contacts, lastName, now: () => Promise.all(contacts.map(({ id }) => person.ask('GET', `contacts/${id}`))) };
}

const clip = (person, text) => person.page.evaluate((words) => navigator.clipboard.writeText(words), text);
const clipped = (person) => person.page.evaluate(() => navigator.clipboard.readText());

/** Goes to a cell by keys alone and chooses from there on. */
async function choose(person, [row, column], [down, right] = [0, 0]) {
  await person.grid().focus();
  await person.keys('Control+Home', ...Array(row).fill('ArrowDown'), ...Array(column).fill('ArrowRight'));
  await person.keys(...Array(down).fill('Shift+ArrowDown'), ...Array(right).fill('Shift+ArrowRight'));
}

test('a rectangle of cells goes to a spreadsheet and comes back from one', async () => {
  const { person, now } = await three('Range');
  const { page } = person;
  const account = await person.make('accounts', { name: fresh('House ') });
  await choose(person, [0, 1], [1, 1]);
  await page.getByText('2 × 2 cells chosen').waitFor({ state: 'attached' });
  await person.keys('Control+c');
  await page.getByText('4 cells copied').waitFor({ state: 'attached' });
  const [first] = await now();
  assert.match(await clipped(person), /^Ada's job\t\nBea's job\t$/);
  await person.look('cells-chosen');

  await clip(
    person,
    [
      `Analyst\tcustomer\t12/10/1815\t${account.name}\t2020-01-01`,
      '"Two\nlines"\tnonsense\t1815-12-11\tNobody at all\t',
      "Cyd's job\t\t\t\t",
      'More\t\t\t\t',
    ].join('\n'),
  );
  await choose(person, [0, 1]);
  await person.keys('Control+v');
  const dialog = person.dialog('Paste into cells');
  await dialog.getByText('6 cells will change in 2 records.').waitFor();
  await dialog.getByText('Is not among the choices').waitFor();
  await dialog.getByText('No record is called exactly so').waitFor();
  await dialog.getByText('Set by the platform').first().waitFor();
  await dialog.getByText('1 row is more than there is room for.').waitFor();
  await person.look('paste');
  assert.deepEqual((await now())[0], first);
  await person.keys('Enter');
  await person.hears('6 cells changed in 2 records');
  const [ada, bea, cyd] = await now();
  assert.deepEqual([ada.jobTitle, ada.lifecycleStage, ada.birthday, ada.accountId], ['Analyst', 'customer', '1815-12-10', account.id]);
  assert.deepEqual([bea.jobTitle, bea.birthday, bea.accountId, cyd.jobTitle], ['Two lines', '1815-12-11', null, "Cyd's job"]);
  await person.cell(0, 1).getByText('Analyst').waitFor();
  await person.button('Undo').first().click();
  await person.hears('Taken back');
  assert.equal((await now())[0].jobTitle, "Ada's job");
  await person.cell(0, 1).getByText("Ada's job").waitFor();
  await person.leave();
});

test('one value fills what is chosen by mouse, and all of it is emptied again', async () => {
  const { person, now } = await three('Fill', { show: 'displayName,jobTitle,department' });
  const titles = async () => (await now()).map(({ jobTitle, department }) => `${jobTitle} ${department}`);
  await clip(person, 'Chief');
  const [from, to] = [await person.cell(0, 1).boundingBox(), await person.cell(2, 2).boundingBox()];
  await person.page.mouse.move(from.x + 20, from.y + 10);
  await person.page.mouse.down();
  await person.page.mouse.move(from.x + 60, from.y + 60, { steps: 4 });
  await person.page.mouse.move(to.x + 20, to.y + 10, { steps: 4 });
  await person.page.mouse.up();
  await person.page.getByText('3 × 2 cells chosen').waitFor({ state: 'attached' });
  await person.keys('Control+v');
  await person.button('Change 6 cells').click();
  await person.hears('6 cells changed in 3 records');
  assert.deepEqual(await titles(), Array(3).fill('Chief Chief'));
  await person.cell(0, 2).click();
  await person.cell(1, 2).click({ modifiers: ['Shift'] });
  await person.keys('Delete');
  await person.button('Change 2 cells').click();
  await person.hears('2 cells changed in 2 records');
  assert.deepEqual(await titles(), ['Chief null', 'Chief null', 'Chief Chief']);
  await person.leave();
});

test('what somebody else has changed meanwhile is not pasted over without a word', async () => {
  const { person, contacts, now } = await three('Faster', { show: 'displayName,jobTitle,email' });
  await clip(person, 'Mine\tno mail\nMine\tb@x.example\nMine\tc@x.example');
  await choose(person, [0, 1]);
  await person.keys('Control+v');
  const other = await Person.enter(browser, { user: 'manager' });
  await person.dialog('Paste into cells').getByText('6 cells will change in 3 records.').waitFor();
  await other.change('contacts', contacts[1].id, { jobTitle: 'Theirs' });
  await person.keys('Enter');
  const dialog = person.dialog('2 cells were refused');
  await dialog.getByText('4 other cells are changed.').waitFor();
  await dialog.getByText('Theirs').waitFor();
  await person.look('paste-refused');
  await person.button('Copy what was refused').click();
  await person.hears('Copied');
  assert.match(await clipped(person), /Email\tno mail\t/);
  assert.deepEqual(
    (await now()).map(({ jobTitle, email }) => [jobTitle, email]),
    [
      ['Mine', null],
      ['Theirs', 'b@x.example'],
      ['Mine', 'c@x.example'],
    ],
  );
  await dialog.getByRole('checkbox', { name: 'Write mine all the same' }).click();
  await person.button('Write mine (1)').click();
  await person.hears('1 cell changed in 1 record');
  assert.equal((await now())[1].jobTitle, 'Mine');
  await Promise.all([person.leave(), other.leave()]);
});

test('a choice is made in a cell by keys alone, and the keys are the list’s again', async () => {
  const { person, now } = await three('Keys', { show: 'displayName,lifecycleStage' });
  await choose(person, [0, 1]);
  await person.keys('Enter');
  await person.page.getByRole('combobox', { name: 'Edit Lifecycle stage' }).and(person.page.locator(':focus')).waitFor();
  await person.keys('ArrowDown');
  await person.page.getByRole('option').first().waitFor();
  await person.keys('ArrowDown');
  const chosen = await person.page.getByRole('option').and(person.page.locator(':focus')).textContent();
  await person.keys('Enter');
  await person.hears('Saved');
  assert.equal((await now())[0].lifecycleStage, chosen.trim().toLowerCase());
  await person.cell(0, 1).getByText(chosen.trim(), { exact: true }).waitFor();
  await person.grid().and(person.page.locator(':focus')).waitFor();
  await person.keys('Shift+ArrowDown');
  await person.page.getByText('2 × 1 cells chosen').waitFor({ state: 'attached' });
  await person.leave();
});

test('what a cell refuses stays in it to be put right', async () => {
  const { person, now } = await three('Wrong', { show: 'displayName,email' });
  await choose(person, [0, 1]);
  await person.type('nowhere');
  await person.keys('Enter');
  await person.hears('Email was not changed');
  const input = person.page.getByRole('textbox', { name: 'Edit Email' });
  assert.equal(await input.inputValue(), 'nowhere');
  await input.fill('ada@x.example');
  await person.keys('Enter');
  await person.hears('Saved');
  assert.equal((await now())[0].email, 'ada@x.example');
  await person.leave();
});

test('what is typed before the editor has come is saved', async () => {
  const { person, now } = await three('Early', { show: 'displayName,jobTitle' });
  let arrives;
  const held = new Promise((done) => {
    arrives = done;
  });
  await person.context.route('**/assets/CellEditor-*.js', (route) => held.then(() => route.continue()));
  await person.page.reload();
  await person.cell(0, 1).waitFor();
  await choose(person, [0, 1]);
  await person.type('First of all');
  await person.keys('Enter');
  assert.equal(await person.page.getByRole('textbox', { name: 'Edit Job title' }).count(), 0);
  arrives();
  await person.hears('Saved');
  assert.equal((await now())[0].jobTitle, 'First of all');
  await person.leave();
});

test('who goes on editing after a conflict finds what they have typed', async () => {
  const { person, contacts, now } = await three('Typed', { show: 'displayName,jobTitle' });
  await choose(person, [0, 1]);
  await person.keys('F2');
  const input = person.page.getByRole('textbox', { name: 'Edit Job title' });
  await input.fill('Countess');
  await person.change('contacts', contacts[0].id, { jobTitle: 'Lady' });
  await person.keys('Enter');
  await person.dialog('Somebody else has changed this, too').waitFor();
  await person.button('Go on editing').click();
  await input.waitFor();
  assert.equal(await input.inputValue(), 'Countess');
  await input.fill('Countess of Lovelace');
  await person.keys('Enter');
  const dialog = person.dialog('Somebody else has changed this, too');
  await dialog.getByRole('radio', { name: /^Yours.*Countess of Lovelace/ }).click();
  await person.button('Save', dialog).click();
  await person.hears('Saved');
  assert.equal((await now())[0].jobTitle, 'Countess of Lovelace');
  await person.leave();
});

test('on a phone, in the dark and in German the same is said', async () => {
  const { person } = await three('Telefon', { width: widths.phone, theme: 'dark', language: 'de', show: 'displayName,birthday,jobTitle' });
  await clip(person, '31.12.1980\tChefin\ngestern\tChefin');
  await choose(person, [0, 1]);
  await person.keys('Control+v');
  const dialog = person.dialog('In Zellen einfügen');
  await dialog.getByText('3 Zellen werden in 2 Datensätzen geändert.').waitFor();
  await dialog.getByText('Ist kein Datum').waitFor();
  await person.look('paste-phone');
  await person.keys('Escape');
  await dialog.waitFor({ state: 'detached' });
  await person.leave();
});
