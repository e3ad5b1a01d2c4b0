// A person with a browser: logs in as one of the demo people, and has axe look at what they see.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const { ADDRESS: address, PASSWORD: password, BROWSER: executablePath, SHOTS: shots } = process.env;

export const widths = { phone: 360, tablet: 768, desk: 1440 };

export const launch = () =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'] });

export class Person {
  /** Somebody in front of a browser of their own. `user` is the role they have among the demo people. */
  static async enter(browser, { user = 'sales', theme = 'light', width = widths.desk, language = 'en', path = '/contacts' } = {}) {
    const context = await browser.newContext({
      viewport: { width, height: width < 600 ? 740 : 900 },
      colorScheme: theme,
      locale: language,
    });
    await context.addInitScript((kept) => {
      if (!localStorage.getItem('crm.preferences')) localStorage.setItem('crm.preferences', kept);
    }, JSON.stringify({ theme, language }));
    const page = await context.newPage();
    const person = new Person(page, context);
    page.on(
      'console',
      (said) =>
        said.type() === 'error' && !/status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(said.text()) && person.errors.push(said.text()),
    );
    page.on('pageerror', (error) => person.errors.push(String(error)));
    await page.goto(new URL(path, address).href);
    await page.fill('#email', `${user}@demo.example`);
    await page.fill('#password', password);
    await page.click('button.main');
    await page.waitForURL((url) => url.pathname === new URL(path, address).pathname);
    return person;
  }

  constructor(page, context) {
    Object.assign(this, { page, context, errors: [] });
  }

  grid = () => this.page.getByRole('grid');

  cell = (row, column) => this.page.locator(`[role=row][aria-rowindex="${row + 2}"] [data-column="${column}"]`);

  /** Where the column with a heading is, counted from the first field. */
  async column(heading) {
    const headings = await this.page.getByRole('columnheader').allTextContents();
    const at = headings.findIndex((text) => text.trim() === heading);
    assert.ok(at > 0, `no column ${heading} among ${headings.join(', ')}`);
    return at - 1;
  }

  keys = async (...presses) => {
    for (const press of presses) await this.page.keyboard.press(press);
  };

  type = (text) => this.page.keyboard.type(text);

  open = (path) => this.page.goto(new URL(path, address).href);

  /** No violation of WCAG 2.1 AA, no error in the console, nothing that makes the page scroll sideways. */
  async look(name) {
    await this.page.waitForTimeout(200); // what comes and goes is at rest
    if (shots) {
      mkdirSync(shots, { recursive: true });
      await this.page.screenshot({ path: `${shots}/${name}.png` });
    }
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`),
      [],
      name,
    );
    assert.deepEqual(this.errors, [], name);
    const [wide, sight] = await this.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert.ok(wide <= sight, `${name} is ${wide} wide, ${sight} are seen`);
  }

  leave = () => this.context.close();
}
