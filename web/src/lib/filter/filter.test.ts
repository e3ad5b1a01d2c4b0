import { describe, expect, it } from 'vitest';
import { parseFilter } from './parse';
import { quoted } from './text';
import { type Group, printFilter, textOf } from './tree';

const same = [
  'industry = "Finance"',
  'amount > 1000',
  'amount >= 1000 EUR',
  'stage in ("Proposal", "Negotiation") and lastActivityAt < -30d',
  'name ~ "*mill*" or name ~ "A*"',
  'active = true and ownerId = me',
  'createdAt = thismonth and email is not null',
  'account.industry = "Food" and (status = "open" or status = "won")',
  'custom.size > 45 and tags has any ("vip", "new")',
  '`in` = "x" and closeDate < 2026-01-31',
  'createdAt >= 2026-01-31T10:00:00Z',
];

describe('A filter that conditions can show', () => {
  it.each(same)('comes back as it was: %s', (text) => {
    const tree = parseFilter(text);
    expect(tree).toBeDefined();
    expect(printFilter(tree as Group)).toBe(text);
  });

  it('has its words without what the language adds to them', () => {
    expect(parseFilter('name ~ "*a b*"')?.items[0]).toMatchObject({ operator: 'contains', values: ['"a b"'] });
    expect(parseFilter('name = \'say "hi"\'')?.items[0]).toMatchObject({ operator: '=', values: ['\'say "hi"\''] });
  });
});

describe('A filter that says more', () => {
  it.each([
    'any(contacts, email is not null)',
    'not (a = 1)',
    'amount * 2 > 5',
    'closeDate < today + 14d',
    'a = b',
    'a = ',
    '(a = 1',
    'amount between 1 and 5',
  ])('is left in its text: %s', (text) => {
    expect(parseFilter(text)).toBeUndefined();
  });
});

describe('Texts', () => {
  it.each(['plain', 'with "quotes"', 'back\\slash', 'two\nlines', "O'Neil", '100% *sure*?'])('survive being written: %s', (text) => {
    expect(textOf(quoted(text))).toBe(text);
  });

  it.each(['100% *sure*?', 'a"b', 'c\\d'])('are looked for as they are: %s', (text) => {
    const filter: Group = {
      kind: 'group',
      join: 'and',
      items: [{ kind: 'condition', field: 'name', operator: 'contains', values: [quoted(text)] }],
    };
    const read = parseFilter(printFilter(filter));
    expect(printFilter(read as Group)).toBe(printFilter(filter));
  });

  it('say nothing while they are not complete', () => {
    expect(printFilter({ kind: 'group', join: 'and', items: [{ kind: 'condition', field: 'name', operator: '=', values: [''] }] })).toBe(
      '',
    );
  });
});
