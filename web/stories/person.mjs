// A person with a browser: logs in as one of the demo people, has records of their own, and has axe look at what they see.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const { ADDRESS: address, PASSWORD: password, BROWSER: executablePath, SHOTS: shots } = process.env;

// A machine with much else to do answers late, and is no fault of the app.
const patienceMs = Number(process.env.PATIENCE ?? 60_000);

export const widths = { phone: 360, tablet: 768, desk: 1440 };

export const launch = () =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'] });

const there = new Set();

/** The browser is closed. Who has not left by now did not come to the end of their story: what they saw last is kept. */
export async function finish(browser) {
  const left = browser.contexts().flatMap((context) => context.pages());
  if (shots && left.length) {
    mkdirSync(shots, { recursive: true });
    await Promise.all(
      left.map((page, i) => page.screenshot({ path: `${shots}/unfinished-${process.pid}-${i}.png` }).catch(() => undefined)),
    );
  }
  await browser.close();
}

let made = 0;

/** A word that stands in no record yet. */
export const fresh = (word) => `${word}${(Date.now() * 1000 + made++).toString(36)}`;

/** A day as records say it, so many days from today. */
export const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

// All that Lighthouse asks of a page, too. What floats for a moment, as the name of a button does, is in no landmark.
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const rules = { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true }, region: { enabled: false } };

// Who has logged in once stays logged in, in every browser that comes after.
const sessions = new Map();

async function logIn(page, user) {
  for (;;) {
    await page.fill('#email', `${user}@demo.example`);
    await page.fill('#password', password);
    await page.click('button.main');
    // Stories that begin at the same time may be asked to be slower.
    const busy = page.getByText('There were too many attempts');
    if (
      !(await Promise.race([
        busy.waitFor().then(() => true),
        page.waitForURL((url) => !url.pathname.startsWith('/log-in')).then(() => false),
      ]))
    )
      return;
  }
}

export class Person {
  /** Somebody in front of a browser of their own. `user` is the role they have among the demo people. */
  static async enter(browser, { user = 'sales', theme = 'light', width = widths.desk, language = 'en', path = '/contacts' } = {}) {
    const context = await browser.newContext({
      viewport: { width, height: width < 600 ? 740 : 900 },
      colorScheme: theme === 'system' ? 'light' : theme,
      locale: language,
      storageState: { cookies: sessions.get(user) ?? [], origins: [] },
    });
    context.setDefaultTimeout(patienceMs);
    await context.addInitScript((kept) => {
      if (!localStorage.getItem('crm.preferences')) localStorage.setItem('crm.preferences', kept);
    }, JSON.stringify({ theme, language }));
    const page = await context.newPage();
    const person = new Person(page, context, user);
    page.on('pageerror', (error) => person.errors.push(String(error)));
    page.on(
      'console',
      (said) =>
        said.type() === 'error' && !/status of [45]\d\d|ERR_INTERNET_DISCONNECTED/.test(said.text()) && person.errors.push(said.text()),
    );
    const letIn = page.waitForRequest((request) => Boolean(request.headers().authorization));
    await page.goto(new URL(path, address).href);
    if (!sessions.has(user)) await logIn(page, user);
    await page.waitForURL((url) => url.pathname === new URL(path, address).pathname);
    person.token = (await letIn).headers().authorization;
    sessions.set(user, (await context.storageState()).cookies);
    return person;
  }

  constructor(page, context, user) {
    Object.assign(this, { page, context, user, errors: [] });
    there.add(this);
  }

  /** Asks a service as this person, beside the app: another program, another window. */
  async ask(method, path, data, headers = {}) {
    const answer = await this.context.request.fetch(`${address}/api/v1/${path}`, {
      method,
      headers: { Authorization: this.token, ...headers },
      ...(data && { data }),
    });
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? undefined : await answer.json();
  }

  /** Who they are, to those who give them something. */
  async id() {
    const { items } = await this.ask('GET', `users?filter=email = "${this.user}@demo.example"`);
    return items[0].id;
  }

  make = (plural, values) => this.ask('POST', plural, values);

  change = (plural, id, values) => this.ask('PATCH', `${plural}/${id}`, values);

  grid = () => this.page.getByRole('grid');

  cell = (row, column) => this.page.locator(`[role=row][aria-rowindex="${row + 2}"] [data-column="${column}"]`);

  /** Where the column with a heading is, counted from the first field. */
  async column(heading) {
    await this.page.getByRole('columnheader').filter({ hasText: heading }).first().waitFor();
    const headings = await this.page.getByRole('columnheader').allTextContents();
    const at = headings.findIndex((text) => text.trim() === heading);
    assert.ok(at > 0, `no column ${heading} among ${headings.join(', ')}`);
    return at - 1;
  }

  /** A value on a record's page. */
  value = (label) =>
    this.page
      .getByRole('region', { name: 'About' })
      .locator('dl > div')
      .filter({ has: this.page.locator('dt').getByText(label, { exact: true }) })
      .locator('dd');

  button = (name, within = this.page) => within.getByRole('button', { name, exact: true });

  dialog = (name) => this.page.getByRole('dialog', { name });

  /** What the app says in passing. */
  hears = (text) => this.page.getByText(text).first().waitFor();

  /** One of a few, from the list that opens at an input. */
  async choose(input, option) {
    await input.click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** One of many, found by typing. */
  async find(input, words, option = words) {
    await input.fill(words);
    await this.page.getByRole('option', { name: option, exact: true }).first().click();
  }

  keys = async (...presses) => {
    for (const press of presses) await this.page.keyboard.press(press);
  };

  type = (text) => this.page.keyboard.type(text);

  /** Goes on from control to control until one has the focus, as who has no mouse does. */
  async tabTo(target, { key = 'Tab', most = 80 } = {}) {
    await target.waitFor();
    for (let i = 0; i < most; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    assert.fail(`${target} is not reached by ${key}`);
  }

  open = (path) => this.page.goto(new URL(path, address).href);

  /** Nothing is awaited any more, and nothing moves. */
  async settled() {
    // What was changed a moment ago is drawn by then.
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await this.page.waitForFunction(
      () =>
        document.querySelector('h1, h2') &&
        !document.querySelector('[aria-busy="true"], [class*="skeleton"]') &&
        document.fonts.status === 'loaded' &&
        document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity),
    );
  }

  /** No violation of WCAG 2.2 AA or of good practice, no error in the console, nothing that makes the page scroll sideways. */
  async look(name) {
    await this.settled();
    if (shots) {
      mkdirSync(shots, { recursive: true });
      await this.page.screenshot({ path: `${shots}/${name}.png` });
    }
    const { violations } = await new AxeBuilder({ page: this.page }).options({ rules }).withTags(tags).analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`),
      [],
      name,
    );
    assert.deepEqual(this.errors, [], name);
    const [wide, sight] = await this.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert.ok(wide <= sight, `${name} is ${wide} wide, ${sight} are seen`);
  }

  leave() {
    there.delete(this);
    return this.context.close();
  }
}
