// A salesperson's deals: on the board, by mouse and by keyboard alone, with their products; a manager's forecast; the stages an administrator shapes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, Person, widths } from './person.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const lane = (page, stage) => page.getByRole('region', { name: stage, exact: true });
const card = (page, stage, title) => lane(page, stage).getByRole('link', { name: title, exact: true });

/** A deal of one's own in the first stage. */
async function enterDeal(person) {
  const { page } = person;
  const title = `Deal ${Date.now() % 1e9}`;
  await page.getByRole('article').first().waitFor();
  await person.keys('c');
  await page.getByLabel('Name', { exact: false }).first().waitFor();
  await person.type(title);
  await person.keys('Control+Enter');
  await page.getByText(`${title} is created`).waitFor();
  await person.open('/deals/board');
  await card(page, 'Qualification', title).waitFor();
  return title;
}

async function carry(person, from, title, steps) {
  await card(person.page, from, title).focus();
  await person.keys('Space', ...Array.from({ length: Math.abs(steps) }, () => (steps < 0 ? 'ArrowLeft' : 'ArrowRight')), 'Space');
}

for (const theme of ['light', 'dark'])
  for (const [name, width] of Object.entries(widths))
    test(`board, forecast and stages are readable in the ${theme} on a ${name}`, async () => {
      const person = await Person.enter(browser, { user: 'administrator', theme, width, path: '/deals/board' });
      const { page } = person;
      await page.getByRole('article').first().waitFor();
      await person.look(`board-${theme}-${name}`);
      await person.open('/forecast');
      await page.getByRole('rowheader').nth(1).waitFor();
      await page.locator('table button[aria-expanded=false]').first().click();
      await page.getByRole('rowheader').nth(3).waitFor();
      await person.look(`forecast-${theme}-${name}`);
      await person.open('/settings/pipelines');
      await page.getByRole('row').nth(1).getByRole('link').click();
      await page.getByRole('button', { name: 'Proposal', exact: true }).waitFor();
      await person.look(`stages-${theme}-${name}`);
      await page.getByRole('button', { name: 'Proposal', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await person.look(`stage-${theme}-${name}`);
      await person.leave();
    });

test('a deal goes over the board by keyboard alone, is asked for what it lacks, and comes back', async () => {
  const person = await Person.enter(browser, { path: '/deals/board' });
  const { page } = person;
  const title = await enterDeal(person);
  await card(page, 'Qualification', title).focus();
  await person.keys('Space');
  await page.getByText(`${title} is picked up in Qualification.`).waitFor();
  await person.keys('ArrowRight', 'ArrowRight');
  await page.getByText('Over Proposal.').waitFor();
  await person.look('board-carried');
  await person.keys('Space');
  await page.getByRole('dialog', { name: 'To Proposal' }).waitFor();
  await person.look('board-missing');
  await person.type('1200');
  await page.getByLabel('Expected close on').fill('2031-05-01');
  await person.keys('Enter');
  await page.getByText(`${title} is in Proposal`).waitFor();
  await card(page, 'Proposal', title).waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByText('Taken back').waitFor();
  await card(page, 'Qualification', title).waitFor();

  await carry(person, 'Qualification', title, 1);
  await page.getByText(`${title} is in Needs analysis`).waitFor();
  await person.leave();
});

test('a deal is lost with a reason, what was refused loses nothing, and it is worked on again', async () => {
  const person = await Person.enter(browser, { path: '/deals/board' });
  const { page } = person;
  const title = await enterDeal(person);
  await carry(person, 'Qualification', title, 5);
  const dialog = page.getByRole('dialog', { name: 'Lose the deal' });
  await dialog.getByLabel('What else there is to say').fill('They merge with another company');
  await dialog.getByRole('button', { name: 'Lost' }).click();
  await dialog.getByRole('alert').waitFor();
  await person.look('board-lose');
  assert.equal(await dialog.getByLabel('What else there is to say').inputValue(), 'They merge with another company');
  await dialog.getByRole('combobox', { name: 'Why did they not buy?' }).click();
  await page.getByRole('option', { name: 'No budget' }).click();
  await dialog.getByRole('button', { name: 'Lost' }).click();
  await page.getByText(`${title} is in Lost`).waitFor();
  await carry(person, 'Lost', title, -5);
  const again = page.getByRole('dialog', { name: 'Back to Qualification' });
  await again.getByLabel('Why is it worked on again?').fill('The merger failed');
  await person.keys('Enter');
  await page.getByText(`${title} is in Qualification`).waitFor();
  await person.leave();
});

test('a deal is dragged, and a colleague sees it move within a second', async () => {
  const [one, other] = await Promise.all([
    Person.enter(browser, { path: '/deals/board' }),
    Person.enter(browser, { user: 'administrator', path: '/deals/board' }),
  ]);
  const title = await enterDeal(one);
  await card(other.page, 'Qualification', title).waitFor();
  const [from, to] = await Promise.all([
    card(one.page, 'Qualification', title).boundingBox(),
    lane(one.page, 'Needs analysis').boundingBox(),
  ]);
  await one.page.mouse.move(from.x + 40, from.y + 10);
  await one.page.mouse.down();
  await one.page.mouse.move(from.x + 60, from.y + 30, { steps: 4 });
  await one.page.mouse.move(to.x + 100, to.y + 200, { steps: 8 });
  await one.page.mouse.up();
  await card(one.page, 'Needs analysis', title).waitFor();
  await one.page.getByText(`${title} is in Needs analysis`).waitFor();
  await card(other.page, 'Needs analysis', title).waitFor({ timeout: 1000 });
  await Promise.all([one.leave(), other.leave()]);
});

test('the products of a deal are entered like in a spreadsheet, and its stage is chosen in the line', async () => {
  const person = await Person.enter(browser, { path: '/deals/board' });
  const { page } = person;
  const title = await enterDeal(person);
  const address = await card(page, 'Qualification', title).getAttribute('href');
  await person.open(`${address}?tab=lines`);
  await page.getByRole('button', { name: 'Add a line' }).click();
  await person.type('Workshop');
  await page.getByRole('option', { name: '“Workshop” without a product' }).waitFor();
  await person.keys('Enter');
  // There is no price of what is no product: it is asked for at its cell, and nothing is gone.
  await page.getByRole('alert').filter({ hasText: 'Line 1, Unit price' }).waitFor();
  await person.look('lines-refused');
  await person.type('3');
  await person.keys('Tab');
  await person.type('400 EUR');
  await person.keys('Tab');
  await person.type('10%');
  await person.keys('Enter');
  await page.getByText('Together €1,080').waitFor();
  await person.look('lines');
  await page.getByRole('button', { name: 'Needs analysis' }).click();
  await page.getByText(`${title} is in Needs analysis`).waitFor();
  await page.locator('[aria-current=step]', { hasText: 'Needs analysis' }).waitFor();
  await person.look('stage-bar');
  await person.leave();
});

test('a manager adjusts a forecast and sets a quota; no deal is changed', async () => {
  const person = await Person.enter(browser, { user: 'manager', path: '/forecast' });
  const { page } = person;
  await page.getByRole('rowheader').nth(1).waitFor();
  await page
    .getByRole('button', { name: /^Adjust / })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('By how much').fill('-2500.50');
  await dialog.getByRole('button', { name: 'Add the adjustment' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Why').fill('Two of them wait for their budgets');
  await person.keys('Enter');
  await dialog.getByRole('listitem').filter({ hasText: 'Two of them wait' }).first().waitFor();
  await dialog.getByLabel('Quota').fill('900000');
  await person.keys('Enter');
  await page.getByText('€900,000').first().waitFor();
  await person.look('forecast-adjusted');
  await person.leave();
});
