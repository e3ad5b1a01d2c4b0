// Every screen, in both themes and on every width: nothing that axe finds wrong, nothing that is cut off; and a picture of each to be looked at.
import { after, before, test } from 'node:test';
import { day, finish, fresh, launch, Person, widths } from './person.mjs';

const screens = {
  contacts: '/contacts',
  accounts: '/accounts',
  leads: '/leads',
  deals: '/deals',
  products: '/products',
  board: '/deals/board',
  forecast: '/forecast',
  contact: async (person) => `/contacts/${(await one(person, 'contacts?limit=1')).id}`,
  account: async (person) => `/accounts/${(await one(person, 'accounts?limit=1')).id}`,
  lead: async (person) => `/leads/${(await one(person, 'leads?filter=status = "working"&limit=1')).id}`,
  deal: async (person) => `/deals/${(await deal(person)).id}?tab=lines`,
  'deal-related': async (person) => `/deals/${(await deal(person)).id}?tab=related`,
  history: async (person) => `/contacts/${(await one(person, 'contacts?limit=1')).id}?tab=changes`,
  product: async (person) => `/products/${(await one(person, 'products?limit=1')).id}`,
  peek: async (person) => `/accounts?peek=${(await one(person, 'accounts?limit=1')).id}`,
  merge: async (person) => `/contacts/${(await one(person, 'contacts?limit=1')).id}?do=merge`,
  past: async (person) => `/contacts/${(await one(person, 'contacts?limit=1')).id}?tab=about&asOf=${new Date().toISOString()}`,
  convert: async (person) => `/leads/${(await one(person, 'leads?filter=status = "qualified"&limit=1')).id}?do=convert`,
  trash: async (person) => {
    const thrown = await person.make('contacts', { firstName: 'Grace', lastName: fresh('Away') });
    await person.ask('DELETE', `contacts/${thrown.id}`);
    return '/contacts/trash';
  },
  nothing: '/contacts?q=nobodyiscalledthis',
  refused: '/contacts?filter=nothing%20%3D',
  'not-found': '/contacts/01990000-0000-7000-8000-000000000000',
  profile: '/settings/profile',
  company: '/settings/company',
  members: '/settings/members',
  teams: '/settings/teams',
  'data-model': '/settings/data-model',
  fields: '/settings/data-model/contacts',
  roles: '/settings/roles',
  role: '/settings/roles/ready/sales',
  'role-new': '/settings/roles/new?from=sales',
  pipelines: '/settings/pipelines',
  pipeline: async (person) => `/settings/pipelines/${(await one(person, 'pipelines?limit=1')).id}`,
  'contact-settings': '/settings/contacts',
  'api-keys': '/settings/api-keys',
  clients: '/settings/clients',
  webhooks: '/settings/webhooks',
  audit: '/settings/audit',
  jobs: '/settings/jobs',
  'trash-of-all': '/settings/trash',
  'lead-rules': '/settings/lead-rules',
  forms: '/settings/forms',
};

const one = async (person, path) => (await person.ask('GET', path)).items[0];

const deal = (person) =>
  person.make('deals', {
    name: `Expansion ${fresh('')}`,
    amount: { amount: '48000.00', currency: 'EUR' },
    expectedCloseOn: day(30),
  });

let browser;
let person;
before(async () => {
  browser = await launch();
  person = await Person.enter(browser, { user: 'administrator', theme: 'system' });
});
after(async () => {
  await person.leave();
  await finish(browser);
});

for (const [name, path] of Object.entries(screens))
  test(`${name} in both themes on every width`, async () => {
    const { page } = person;
    person.errors.length = 0;
    await person.open(typeof path === 'string' ? path : await path(person));
    for (const [device, width] of Object.entries(widths)) {
      await page.setViewportSize({ width, height: width === widths.phone ? 740 : 900 });
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await person.look(`${name}-${colorScheme}-${device}`);
      }
    }
  });

test('the list of settings on a phone', async () => {
  await person.page.setViewportSize({ width: widths.phone, height: 740 });
  await person.open('/settings');
  await person.look('settings-phone');
});

test('the app speaks German', async () => {
  const german = await Person.enter(browser, { language: 'de', path: '/deals' });
  await german.page.getByRole('link', { name: 'Einstellungen' }).waitFor();
  await german.look('deals-german');
  await german.leave();
});
