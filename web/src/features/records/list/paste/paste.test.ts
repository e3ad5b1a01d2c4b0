import { describe, expect, it, vi } from 'vitest';
import { modelOf } from '@/api/model';
import { field, record } from '@/api/pretended';
import type { Row } from '@/api/values';
import { prefer } from '@/lib/preferences';
import { readCell, writeCell } from '../../fields/cellText';
import { edgesAt, rangeOf } from '../range';
import { copiedIn, copyOf } from './copied';
import { isSame, planPaste } from './plan';

const named: Record<string, Row[]> = {};
vi.mock('@/api/search', () => ({
  recordsNamed: (_: unknown, __: unknown, names: readonly string[]) =>
    Promise.resolve(new Map(names.map((name) => [name, named[name] ?? []]))),
}));

const choices = [
  { value: 'decisionMaker', label: 'Decision maker', color: null, retired: false },
  { value: 'old', label: 'Old', color: null, retired: true },
];
const model = modelOf({
  model: {
    version: '1',
    privileges: [],
    slices: [],
    overrides: [],
    records: [
      record('account', [field('name', 'text')]),
      record('thing', [
        field('name', 'text', { required: true }),
        field('size', 'integer'),
        field('share', 'number'),
        field('price', 'money'),
        field('day', 'date'),
        field('at', 'instant'),
        field('active', 'boolean'),
        field('role', 'choice', { choices }),
        field('roles', 'multiChoice', { choices }),
        field('tags', 'texts'),
        field('stars', 'rating'),
        field('accountId', 'reference', {
          refers: 'account',
          graph: { name: 'accountId', reference: 'account', type: 'Account', input: true },
        }),
        field('score', 'integer', { setBySlices: true }),
        field('emails', 'list', { parts: [] }),
      ]),
    ],
  },
  viewer: { kind: 'user', id: '1', name: 'Ada', tenant: 't', roles: [], teams: [], privileges: [] },
} as unknown as Parameters<typeof modelOf>[0]);
const type = model.byPlural('things');
if (!type) throw new Error('no type');
const of = (name: string) => {
  const found = type.field(name);
  if (!found) throw new Error(name);
  return found;
};
const row = (id: string, values: object): Row => ({ __typename: 'Thing', id, version: 1, ...values });
const columnsOf = (...names: string[]) => names.map((name) => ({ field: of(name), width: 100, pinned: false }));

describe('A text of another program', () => {
  it.each([
    ['name', ' Ada ', { value: 'Ada' }],
    ['name', ' ', { why: 'Must not be empty' }],
    ['size', '1,234', { value: 1234 }],
    ['size', '12.0', { value: 12 }],
    ['size', '1.5', { why: 'Is no whole number' }],
    ['share', '0.5', { value: '0.5' }],
    ['price', '$5', { value: { amount: '5', currency: 'USD' } }],
    ['price', '5', { value: { amount: '5', currency: 'CHF' } }],
    ['day', '2026-01-31 00:00:00', { value: '2026-01-31' }],
    ['day', 'soon', { why: 'Is no date: 2026-01-31 is always understood' }],
    ['active', 'ja', { value: true }],
    ['active', 'No', { value: false }],
    ['active', 'maybe', { why: 'Is neither yes nor no' }],
    ['role', 'decision MAKER', { value: 'decisionMaker' }],
    ['role', 'decisionMaker', { value: 'decisionMaker' }],
    ['role', 'Old', { why: 'Is not among the choices' }],
    ['roles', 'Decision maker; decisionMaker', { value: ['decisionMaker'] }],
    ['tags', 'a, b; c', { value: ['a, b', 'c'] }],
    ['tags', 'a, b', { value: ['a', 'b'] }],
    ['tags', '["x;y"]', { value: ['x;y'] }],
    ['tags', '', { value: [] }],
    ['stars', '★★★', { value: 3 }],
    ['stars', '6', { why: 'Is no rating from 1 to 5' }],
    ['accountId', 'Acme', { name: 'Acme' }],
    ['accountId', '', { value: null }],
  ])('in %s: %s', (name, text, said) => expect(readCell(type, of(name), text, { amount: '1', currency: 'CHF' })).toEqual(said));

  it('is written as the person writes numbers', () => {
    prefer({ language: 'de' });
    const told = row('1', { share: '1234.5', price: { amount: '0.50', currency: 'EUR' }, active: true, role: 'decisionMaker' });
    expect(['share', 'price', 'role'].map((name) => writeCell(model, type, of(name), told))).toEqual([
      '1234,5',
      '0,50 EUR',
      'Decision maker',
    ]);
    expect(readCell(type, of('share'), '1234,5', null)).toEqual({ value: '1234.5' });
    prefer({ language: 'en' });
  });
});

it('What is the same to a person is no change', () => {
  expect(isSame(of('share'), '1.50', 1.5)).toBe(true);
  expect(isSame(of('price'), { amount: '1.50', currency: 'EUR' }, { currency: 'EUR', amount: '1.5' })).toBe(true);
  expect(isSame(of('at'), '2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z')).toBe(true);
  expect(isSame(of('tags'), null, [])).toBe(true);
  expect(isSame(of('size'), 100, 1)).toBe(false);
  expect(isSame(of('share'), '10', '1')).toBe(false);
  expect(isSame(of('name'), '1.50', '1.5')).toBe(false);
});

describe('Pasting', () => {
  const rows = [
    row('1', { name: 'A', size: 1, role: null }),
    row('2', { name: 'B', size: 2, role: null }),
    row('3', { name: 'C', size: 3, role: null }),
  ];
  const list = { row: (i: number) => rows[i], reach: (i: number) => Promise.resolve(rows[i]) };
  const plan = (
    names: string[],
    from: [number, number],
    to: [number, number],
    texts: string[][],
    exact?: Parameters<typeof planPaste>[2]['exact'],
  ) =>
    planPaste(
      { model, type, list, columns: columnsOf(...names) },
      rangeOf({ row: from[0], column: from[1] }, { row: to[0], column: to[1] }),
      { texts, exact },
    );
  const said = (cells: readonly { row: Row; field: { name: string }; value?: unknown; why?: string }[]) =>
    cells.map((cell) => `${cell.row.id} ${cell.field.name} ${JSON.stringify(cell.value) ?? cell.why}`);

  it('goes from the corner as far as it reaches, and says what there is no room for', async () => {
    const made = await plan(
      ['name', 'size'],
      [1, 0],
      [1, 0],
      [
        ['X', '7', 'y'],
        ['Y', '3', 'z'],
        ['Z', '9', 'z'],
      ],
    );
    expect(said(made.changes)).toEqual(['2 name "X"', '2 size 7', '3 name "Y"']);
    expect([made.same, made.beyond]).toEqual([1, { rows: 1, columns: 1 }]);
  });

  it('fills what is chosen with one value, or with some as often as they fit', async () => {
    expect(said((await plan(['name', 'size'], [2, 1], [0, 1], [['9']])).changes)).toEqual(['1 size 9', '2 size 9', '3 size 9']);
    expect(said((await plan(['size', 'role'], [0, 0], [2, 1], [['5', 'decisionMaker']])).changes)).toHaveLength(6);
  });

  it('leaves what it does not understand, and says why', async () => {
    named.Acme = [row('a', { name: 'Acme' })];
    named.Twin = [row('b', { name: 'Twin' }), row('c', { name: 'Twin' })];
    const made = await plan(['accountId', 'score', 'emails', 'name'], [0, 0], [0, 0], [['Acme', '1', 'x', ''], ['Twin'], ['Nobody']]);
    expect(said(made.changes)).toEqual(['1 accountId "a"']);
    expect(said(made.misfits)).toEqual([
      '1 score Set by the platform',
      '1 emails Can only be edited on the page of the record',
      '1 name Must not be empty',
      '2 accountId Several records are called so',
      '3 accountId No record is called exactly so',
    ]);
  });

  it('takes no offence at what is brought back as it is', async () => {
    const scored = row('7', { score: 5 });
    const where = { model, type, list: { row: () => scored, reach: () => Promise.resolve(scored) }, columns: columnsOf('score') };
    const made = await planPaste(where, rangeOf({ row: 0, column: 0 }, { row: 0, column: 0 }), { texts: [['5']] });
    expect([made.same, made.misfits]).toEqual([1, []]);
  });

  it('keeps what was copied here to the last digit, and records by their ids', async () => {
    const from = row('9', {
      name: '=1',
      share: '0.1234567890123',
      accountId: 'c',
      account: row('c', { name: 'Twin' }),
      emails: [{ address: 'a@x' }],
    });
    const columns = columnsOf('name', 'share', 'accountId', 'emails');
    const copied = copyOf({ model, type, columns, row: () => from }, { top: 0, left: 0, bottom: 0, right: 3 });
    expect(copied.text).toBe("'=1\t0.1234567890123\tTwin\ta@x");
    const made = await plan(['name', 'share', 'accountId', 'emails'], [0, 0], [0, 0], [copied.text.split('\t')], copiedIn(copied.exact));
    expect(said(made.changes)).toEqual(['1 name "=1"', '1 share "0.1234567890123"', '1 accountId "c"', '1 emails [{"address":"a@x"}]']);
    const text = await plan(['name'], [0, 0], [0, 0], [["'=1"]]);
    expect(said(text.changes)).toEqual(['1 name "=1"']);
  });
});

it('A rectangle has edges', () => {
  const range = rangeOf({ row: 2, column: 1 }, { row: 0, column: 0 });
  expect(edgesAt(range, 0, 0)).toBe(16 + 1 + 8);
  expect(edgesAt(range, 2, 1)).toBe(16 + 2 + 4);
  expect(edgesAt(range, 3, 1)).toBe(0);
});
