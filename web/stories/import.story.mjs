// Many records at once: brought from a file, tried and put right before, taken back after; and tags for all of a list.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, fresh, launch, Person, widths } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

const found = async (person, lastName) => (await person.ask('GET', `contacts?filter=lastName = "${lastName}"&sort=firstName`)).items;

const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test('a file is tried, put right, imported, looked at and taken back', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const lastName = fresh('Import');
  await person.make('contacts', { firstName: 'Ada', lastName, email: `ada.${lastName}@x.example`, jobTitle: 'Countess' });
  await person.grid().getByRole('gridcell').nth(5).waitFor();
  await person.keys('Control+k');
  await page.getByRole('combobox').fill('Import contacts');
  await page.getByRole('option', { name: 'Import Contacts' }).click();
  await page.getByRole('heading', { name: 'Import Contacts' }).waitFor();
  await person.look('import-file');
  await page
    .locator('input[type=file]')
    .setInputFiles(
      file(
        'people.csv',
        [
          'Vorname,Nachname,E-Mail,Rolle,Notizen',
          `Ada,${lastName},ada.${lastName}@x.example,Analyst,x`,
          `Bea,${lastName},bea.${lastName}@x.example,Boss,y`,
          `Cyd,${lastName},no mail,Clerk,z`,
          `Dan,${lastName},dan.${lastName}@x.example,Driver,=1+1`,
        ].join('\n'),
      ),
    );
  const becomes = (header) => page.getByRole('combobox', { name: `What “${header}” becomes` });
  await becomes('Rolle').waitFor();
  assert.equal(await becomes('Vorname').inputValue(), 'First name');
  assert.equal(await becomes('E-Mail').inputValue(), 'Email');
  await person.find(becomes('Rolle'), 'Job title');
  await person.choose(page.getByLabel('Records that are there already are found by'), 'Email');
  await person.choose(page.getByLabel('Where there is a Job title already'), 'Only where nothing is there');
  await person.look('import-columns');
  await person.button('Try out').click();
  await page.getByText('1 row is refused').waitFor();
  await page.getByText('Nothing is imported yet.').waitFor();
  assert.equal((await found(person, lastName)).length, 1);
  await person.look('import-tried');
  await page.getByRole('textbox', { name: 'Email, row 1' }).fill(`cyd.${lastName}@x.example`);
  await page.getByText('Not tried yet').waitFor();
  // Whoever leaves what they have put right is asked.
  await person.button('To all Contacts').click();
  await person.button('Go on editing').click();
  await person.button('Try the mended rows').click();
  await page.getByText('Is fine now').waitFor();
  await person.look('import-mended');
  await page.getByRole('button', { name: /^Import \d rows?$/ }).click();
  await page.getByText('Import done').waitFor();
  await person.look('import-report');
  const people = await found(person, lastName);
  assert.deepEqual(
    people.map(({ firstName, jobTitle }) => `${firstName} ${jobTitle}`),
    ['Ada Countess', 'Bea Boss', 'Cyd Clerk', 'Dan Driver'],
  );
  assert.equal(people[2].email, `cyd.${lastName}@x.example`);
  // What has ended is found again by its address.
  await page.reload();
  await page.getByText('Import done').waitFor();
  await person.button('Look at the records').click();
  for (const name of ['Bea', 'Cyd', 'Dan']) await person.grid().getByText(`${name} ${lastName}`).waitFor();
  await page.goBack();
  await person.button('Take the import back').click();
  await person.hears('Taken back');
  assert.deepEqual(
    (await found(person, lastName)).map(({ firstName }) => firstName),
    ['Ada'],
  );
  await person.leave();
});

test('what an import refuses is put right afterwards, and what is no table is said so', async () => {
  const person = await Person.enter(browser, { width: widths.phone, theme: 'dark', path: '/accounts/import' });
  const { page } = person;
  const name = fresh('Firm ');
  const input = page.locator('input[type=file]');
  await input.setInputFiles(file('empty.csv', ''));
  await page.getByRole('alert').getByText('The file is empty.').waitFor();
  await input.setInputFiles(file('broken.xlsx', 'PK\x03\x04 and no more'));
  await page
    .getByRole('alert')
    .getByText(/workbook/)
    .waitFor();
  await person.look('import-refused');
  await input.setInputFiles({
    name: 'firms.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(
      [
        { name, employees: 7 },
        { name: `${name} B`, employees: 'many' },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    ),
  });
  await page.getByRole('combobox', { name: 'What “employees” becomes' }).waitFor();
  await person.look('import-columns-phone');
  await person.button('Try out').click();
  await page.getByText('1 row is refused').waitFor();
  await person.look('import-tried-phone');
  await person.button('Import 1 row').click();
  await page.getByText('1 row was refused').waitFor();
  await person.look('import-report-phone');
  await page.getByRole('textbox', { name: 'Employees, row 1' }).fill('12');
  await person.button('Import the mended rows').click();
  await page.getByText('2 records were entered or changed').waitFor();
  const { items } = await person.ask('GET', `accounts?filter=name ~ "${name}*"&sort=name`);
  assert.deepEqual(
    items.map(({ employees }) => employees),
    [7, 12],
  );
  await person.leave();
});

test('tags are added to all of a list and taken away, the others stay', async () => {
  const person = await Person.enter(browser, { user: 'manager' });
  const { page } = person;
  const lastName = fresh('Tagged');
  for (const firstName of ['Ada', 'Bea', 'Cyd']) await person.make('contacts', { firstName, lastName, tags: ['old', firstName] });
  await person.open(`/contacts?filter=${encodeURIComponent(`lastName = "${lastName}"`)}&columns=displayName,tags`);
  await page.getByText('3 records', { exact: true }).waitFor();
  await person.grid().focus();
  await person.keys('Shift+Space');
  await person.button('Select all 3').click();
  await person.page.setViewportSize({ width: widths.phone, height: 740 });
  await person.look('bulk-phone');
  await person.button('Tags', page.getByRole('toolbar', { name: /selected/ })).click();
  const dialog = person.dialog('Tags');
  await dialog.getByLabel('Tags to add').fill('new, newer');
  await dialog.getByLabel('Tags to take away').fill('new');
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Tags to take away').fill('old');
  await person.look('bulk-tags');
  await person.keys('Enter');
  await person.hears('3 records changed');
  const tags = async () => (await found(person, lastName)).map((one) => one.tags.join());
  assert.deepEqual(await tags(), ['Ada,new,newer', 'Bea,new,newer', 'Cyd,new,newer']);
  await person.button('Undo').first().click();
  await person.hears('Taken back');
  assert.deepEqual(await tags(), ['old,Ada', 'old,Bea', 'old,Cyd']);
  await person.leave();
});

test('an import that somebody has left half-way stands among the jobs', async () => {
  const person = await Person.enter(browser, { user: 'administrator', path: '/accounts/import' });
  const { page } = person;
  await page.locator('input[type=file]').setInputFiles(file('firms.csv', `name\n${fresh('Firm ')}\n`));
  await page.getByRole('combobox', { name: 'What “name” becomes' }).waitFor();
  await person.open('/settings/jobs');
  await page
    .getByRole('row', { name: /Import.*Not started/ })
    .first()
    .click();
  await page.getByRole('dialog', { name: 'Import' }).waitFor();
  await person.look('job-prepared');
  await person.leave();
});
