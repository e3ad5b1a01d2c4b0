// What goes wrong is said where it belongs and says what to do; what was typed is still there, and the same press of a key sends it again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { finish, fresh, launch, Person } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => finish(browser));

/** A new contact is being entered. */
async function entering() {
  const person = await Person.enter(browser);
  const lastName = fresh('Error');
  await person.button('New Contact').click();
  const form = person.dialog('New Contact');
  await form.getByLabel('First name').fill('Grace');
  await form.getByLabel('Last name').fill(lastName);
  return {
    person,
    form,
    lastName,
    create: () => person.button('Create', form).click(),
    keeps: async () => assert.equal(await form.getByLabel('Last name').inputValue(), lastName),
    isCreated: () => person.hears(`Grace ${lastName} is created`),
  };
}

/** Somebody's job title is being changed. */
async function editing() {
  const person = await Person.enter(browser);
  const contact = await person.make('contacts', { firstName: 'Grace', lastName: fresh('Error'), jobTitle: 'Lieutenant' });
  await person.open(`/contacts/${contact.id}`);
  await person.button('Edit Job title').click();
  const input = person.page.getByRole('textbox', { name: 'Job title' });
  await input.fill('Commander');
  return {
    person,
    contact,
    input,
    problem: async (text) => {
      const said = person.value('Job title').getByRole('alert').filter({ hasText: text });
      await said.waitFor();
      assert.equal(await input.getAttribute('aria-describedby'), await said.getAttribute('id'));
    },
    keeps: async () => assert.equal(await input.inputValue(), 'Commander'),
    isSaved: async () => {
      await input.waitFor({ state: 'detached' });
      assert.equal((await person.ask('GET', `contacts/${contact.id}`)).jobTitle, 'Commander');
    },
  };
}

const theServerFails = async (page) => {
  const fails = (route) =>
    route.request().postData()?.includes('mutation')
      ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"status":500,"code":"internal"}' })
      : route.continue();
  await page.route('**/graphql', fails);
  return () => page.unroute('**/graphql', fails);
};

test('invalid: said at the field', async () => {
  const { person, form, create, keeps, isCreated } = await entering();
  const email = form.getByLabel('Email', { exact: true });
  await email.fill('not an address');
  await create();
  const said = form.getByRole('alert').first();
  await said.waitFor();
  assert.equal(await email.getAttribute('aria-describedby'), await said.evaluate((one) => one.closest('[id]').id));
  assert.ok(await email.evaluate((one) => one === document.activeElement), 'the field has the focus');
  await keeps();
  await person.look('error-invalid');
  await email.fill(`${fresh('grace')}@navy.example`);
  await create();
  await isCreated();
  await person.leave();
});

test('needed: said at the field before anything is sent', async () => {
  const { person, form, lastName, create, isCreated } = await entering();
  await form.getByLabel('Last name').fill('');
  await create();
  await form.getByText('This is needed.').waitFor();
  assert.equal(await form.getByLabel('First name').inputValue(), 'Grace');
  await form.getByLabel('Last name').fill(lastName);
  await create();
  await isCreated();
  await person.leave();
});

test('conflict: what was typed outlives the question', async () => {
  const { person, contact, input, problem, keeps, isSaved } = await editing();
  const other = await Person.enter(browser, { user: 'manager' });
  await other.change('contacts', contact.id, { jobTitle: 'Captain' });
  await input.press('Enter');
  const dialog = person.dialog('Somebody else has changed this, too');
  await person.button('Go on editing', dialog).click();
  await dialog.waitFor({ state: 'detached' });
  await problem(/changed/);
  await keeps();
  await input.press('Enter');
  await dialog.getByRole('radio', { name: /^Yours/ }).click();
  await person.button('Save', dialog).click();
  await isSaved();
  await Promise.all([person.leave(), other.leave()]);
});

test('forbidden: nothing goes, and it is said why', async () => {
  const person = await Person.enter(browser);
  const { page } = person;
  const other = await Person.enter(browser, { user: 'manager' });
  const lastName = fresh('Theirs');
  const contact = await other.make('contacts', { firstName: 'Grace', lastName, ownerId: await other.id() });
  await person.open(`/contacts/${contact.id}`);
  await person.button('What you can do').click();
  await page.getByRole('menuitem', { name: 'Move to the trash' }).click();
  const told = page.getByRole('dialog', { name: 'It was not deleted' });
  await told.waitFor();
  assert.match(await told.textContent(), /role|allow/i);
  await page.getByRole('heading', { level: 1, name: `Grace ${lastName}` }).waitFor();
  await person.look('error-forbidden');
  await Promise.all([person.leave(), other.leave()]);
});

test('forbidden: what somebody may not do is not offered', async () => {
  const person = await Person.enter(browser, { user: 'readonly' });
  await person.grid().getByRole('gridcell').nth(5).waitFor();
  assert.equal(await person.button('New Contact').count(), 0);
  await person.open('/settings/roles');
  await person.page.getByText('There is no such page for you').waitFor();
  await person.look('error-no-page');
  await person.leave();
});

test('offline: said at the field and above everything, and sent when the line is back', async () => {
  const { person, input, problem, keeps, isSaved } = await editing();
  await person.context.setOffline(true);
  await input.press('Enter');
  await problem(/offline/);
  await person.page.getByRole('status').getByText('You are offline').waitFor();
  await keeps();
  await person.look('error-offline');
  await person.context.setOffline(false);
  await input.press('Enter');
  await isSaved();
  await person.leave();
});

test('offline: a form keeps all of it', async () => {
  const { person, form, create, keeps, isCreated } = await entering();
  await person.context.setOffline(true);
  await create();
  await form.getByRole('alert').getByText('offline').waitFor();
  await keeps();
  await person.context.setOffline(false);
  await create();
  await isCreated();
  await person.leave();
});

test('a fault of the server: said at the field, and sent again by the same key', async () => {
  const { person, input, problem, keeps, isSaved } = await editing();
  const recovers = await theServerFails(person.page);
  await input.press('Enter');
  await problem('The server could not do it. Nothing was changed.');
  await keeps();
  await recovers();
  await input.press('Enter');
  await isSaved();
  await person.leave();
});

test('a fault of the server: a form keeps all of it', async () => {
  const { person, form, create, keeps, isCreated } = await entering();
  const recovers = await theServerFails(person.page);
  await create();
  await form.getByRole('alert').getByText('The server could not do it. Nothing was changed.').waitFor();
  await keeps();
  await person.look('error-500');
  await recovers();
  await create();
  await isCreated();
  await person.leave();
});
