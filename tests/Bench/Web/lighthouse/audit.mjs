// What Lighthouse says of a list, a record and a board, for somebody who is logged in: `node audit.mjs <address> <file for the figures>`.
import { writeFile } from 'node:fs/promises';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import puppeteer from 'puppeteer-core';

const [address, file] = process.argv.slice(2);
const goals = { performance: 95, accessibility: 100, 'best-practices': 100 };
const figures = [];

const chrome = await launch({
  chromePath: '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--window-size=1440,900'],
  logLevel: 'silent',
});
try {
  const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${chrome.port}`, defaultViewport: null });
  const page = await browser.newPage();
  await page.goto(`${address}/`);
  await (await page.waitForSelector('#email')).type('administrator@demo.example');
  await page.type('input[name=password]', process.env.CRM_DEMO_PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav');
  await page.goto(`${address}/contacts`);
  const record = await (await page.waitForSelector('[role=grid] a[href^="/contacts/"]')).evaluate((link) => link.getAttribute('href'));
  for (const [screen, path] of [['a list', '/contacts'], ['a record', record], ['a board', '/deals/board']]) {
    const { lhr } = await lighthouse(
      `${address}${path}`,
      { port: chrome.port, disableStorageReset: true, onlyCategories: Object.keys(goals), logLevel: 'silent' },
      desktopConfig,
    );
    for (const [category, goal] of Object.entries(goals))
      figures.push({ name: `Lighthouse (desktop), ${screen}, ${category}`, value: Math.round(lhr.categories[category].score * 100), unit: '', goal, atLeast: true });
    for (const { auditRefs } of Object.values(lhr.categories))
      for (const { id, weight } of auditRefs)
        if (weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
          process.stderr.write(`${path}: ${id} ${lhr.audits[id].score} ${lhr.audits[id].displayValue ?? ''} ${lhr.audits[id].title}\n`);
  }
  await browser.disconnect();
} finally {
  await chrome.kill();
}
await writeFile(file, JSON.stringify(figures));
