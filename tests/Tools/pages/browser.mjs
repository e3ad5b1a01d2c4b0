// A browser for one person: what is seen is looked at by axe, in the light and in the dark, and kept as a picture on demand.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import jsqr from 'jsqr';
import puppeteer from 'puppeteer-core';

export const { ADDRESS: address, SHOTS: shots, MAIL: folder } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] };

export const launch = () => puppeteer.launch({
  executablePath: process.env.BROWSER,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
});

export class Person {
  static async enter(browser, scripts = true) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1100, height: 820 });
    await page.setJavaScriptEnabled(scripts);
    const person = new Person(page, context);
    page.on('console', said => said.type() === 'error' && !/status of 4\d\d/.test(said.text()) && person.errors.push(said.text()));
    page.on('pageerror', error => person.errors.push(String(error)));
    return person;
  }

  constructor(page, context) {
    Object.assign(this, { page, context, errors: [] });
  }

  open = path => this.page.goto(new URL(path, address).href, { waitUntil: 'load' });

  title = () => this.page.$eval('h1', h => h.textContent);

  text = () => this.page.$eval('body', b => b.innerText);

  async fill(values) {
    for (const [name, value] of Object.entries(values)) {
      await this.page.$eval(`[name="${name}"]:not([type=hidden])`, field => { field.value = ''; });
      await this.page.type(`[name="${name}"]:not([type=hidden])`, value);
    }
  }

  // Presses a button by what it says, as a person finds it.
  async press(words) {
    const button = await this.page.waitForSelector(`::-p-xpath(//*[self::button or self::a][contains(., "${words}")])`, { visible: true });
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), button.click()]);
  }

  async isAt(title) {
    assert.equal(await this.title(), title, `${this.page.url()}\n${await this.text()}`);
  }

  // Who was on the way to nowhere else comes to the app, and from there to their account.
  async begins() {
    await this.page.waitForFunction(() => location.pathname === '/contacts' && document.querySelector('h1')?.textContent === 'Contacts');
    await this.open('/account');
    await this.isAt('Your account');
  }

  // No violation of WCAG 2.1 AA, no error in the console, nothing that makes a phone scroll sideways.
  async look(name) {
    for (const scheme of ['light', 'dark']) {
      await this.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }]);
      await this.picture(`${name}-${scheme}`);
      await this.page.evaluate(axe);
      const { violations } = await this.page.evaluate(rules => globalThis.axe.run(document, rules), rules);
      assert.deepEqual(violations.map(v => `${v.id}: ${v.nodes.map(n => `${n.target} ${n.failureSummary}`).join('; ')}`), [], `${name}, ${scheme}`);
    }
    await this.page.setViewport({ width: 360, height: 740 });
    assert.ok(await this.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than a phone`);
    await this.picture(`${name}-phone`);
    await this.page.setViewport({ width: 1100, height: 820 });
    await this.page.emulateMediaFeatures([]);
    assert.deepEqual(this.errors, [], name);
  }

  async picture(name) {
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await this.page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  }

  // A device that checks who holds it, as a phone or a laptop does.
  async device() {
    const session = await this.page.createCDPSession();
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return { session, authenticatorId };
  }

  // What a phone reads in the picture on the page.
  async scan() {
    const { data, width, height } = await this.page.$eval('svg.qr', async svg => {
      const image = new Image();
      const copy = svg.cloneNode(true);
      copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
      copy.setAttribute('width', '600');
      copy.setAttribute('height', '600');
      image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: 600, height: 600 });
      const on = canvas.getContext('2d');
      on.drawImage(image, 0, 0);
      return { data: [...on.getImageData(0, 0, 600, 600).data], width: 600, height: 600 };
    });
    return new URL(jsqr(Uint8ClampedArray.from(data), width, height).data);
  }
}

// The newest mail for somebody about something; waits for it.
export async function mail(to, subject, after = '') {
  for (let tries = 0; tries < 300; tries++) {
    const found = readdirSync(folder).filter(f => f.endsWith('.json') && f > after).sort().reverse()
      .map(f => ({ file: f, ...JSON.parse(readFileSync(`${folder}/${f}`, 'utf8')) })).find(m => m.to === to && m.subject.includes(subject));
    if (found) return { ...found, link: found.text.match(/https?:\/\/\S+/)?.[0] };
    await pause(100);
  }
  throw new Error(`No mail for ${to} about ${subject}`);
}

// The code of an authenticator app, reckoned here (RFC 6238); `later` steps on.
export function code(secret, later = 0) {
  const bits = [...secret].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const seed = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + later));
  const hash = createHmac('sha1', seed).update(counter).digest();
  return String((hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}
