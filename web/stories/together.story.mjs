// Two people at once: what one does the other sees, and where both mean the same field nobody's words are lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, fresh, launch, Person } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

const both = async (path) => {
  const people = await Promise.all([Person.enter(browser), Person.enter(browser, { user: 'manager' })]);
  if (path) await Promise.all(people.map((person) => person.open(path)));
  return people;
};

// The first change tells when both listen; of the next it is measured how long it takes.
const soon = 1000;

test('what a colleague changes in a list is seen within a second', async () => {
  const [one, other] = await both();
  const lastName = fresh('Seen');
  await one.make('contacts', { firstName: 'Grace', lastName });
  await Promise.all(
    [one, other].map((person) =>
      person.open(`/contacts?filter=${encodeURIComponent(`lastName = "${lastName}"`)}&columns=displayName,jobTitle`),
    ),
  );
  const write = async (words) => {
    await other.cell(0, 1).click();
    await other.type(words);
    await other.keys('Enter');
    const began = Date.now();
    await one.cell(0, 1).getByText(words).waitFor();
    return Date.now() - began;
  };
  await Promise.all([one, other].map((person) => person.cell(0, 1).waitFor()));
  await Promise.all([one, other].map((person) => person.settled()));
  const times = [];
  for (const words of ['Lieutenant', 'Commander', 'Captain', 'Commodore']) {
    times.push(await write(words));
    await other.hears('Saved');
  }
  // On a machine that does much else one of them may be late.
  assert.ok(Math.min(...times.slice(1)) < soon, `${times.join(', ')} ms`);
  await Promise.all([one.leave(), other.leave()]);
});

test('a page says who has just changed what', async () => {
  const [one, other] = await both();
  const contact = await one.make('contacts', { firstName: 'Grace', lastName: fresh('Told'), jobTitle: 'Lieutenant' });
  await one.open(`/contacts/${contact.id}`);
  await one.value('Job title').getByText('Lieutenant').waitFor();
  await one.settled();
  await other.open(`/contacts/${contact.id}`);
  await other.button('Edit Job title').click();
  await other.page.getByRole('textbox', { name: 'Job title' }).fill('Commander');
  await other.keys('Enter');
  await one.value('Job title').getByText('Commander').first().waitFor();
  await one.value('Job title').getByText('Demo Manager has just changed this').waitFor();
  await Promise.all([one.leave(), other.leave()]);
});

for (const [side, stays] of [
  ['Yours', 'Rear admiral'],
  ['Demo Manager', 'Commander'],
])
  test(`two who change a field decide whose words stay: ${stays}`, async () => {
    const [one, other] = await both();
    const contact = await one.make('contacts', { firstName: 'Grace', lastName: fresh('Both'), jobTitle: 'Lieutenant' });
    await one.open(`/contacts/${contact.id}`);
    await one.button('Edit Job title').click();
    const input = one.page.getByRole('textbox', { name: 'Job title' });
    await input.fill('Rear admiral');
    await other.change('contacts', contact.id, { jobTitle: 'Commander' });
    await input.press('Enter');
    const dialog = one.dialog('Somebody else has changed this, too');
    await dialog.getByRole('radio', { name: /^Yours.*Rear admiral/ }).waitFor();
    await dialog.getByRole('radio', { name: /^Demo Manager.*Commander/ }).waitFor();
    await dialog.getByText('Before: Lieutenant').waitFor();
    await one.look('conflict');
    await dialog.getByRole('radio', { name: new RegExp(`^${side}`) }).click();
    await one.button('Save', dialog).click();
    await dialog.waitFor({ state: 'detached' });
    await one.value('Job title').getByText(stays).waitFor();
    // What is shown at once is kept a moment later.
    if (side === 'Yours') await one.hears('Saved');
    assert.equal((await other.ask('GET', `contacts/${contact.id}`)).jobTitle, stays);
    await Promise.all([one.leave(), other.leave()]);
  });
