import { describe, expect, it } from 'vitest';
import type { ImportJob } from '@/api/imports';
import { modelOf } from '@/api/model';
import { field, record } from '@/api/pretended';
import { mapped, mappedTwice, matchesOf, policyOf, targetsOf, usualHow, withPolicy } from './how';
import { fileOf, namedIn, readRefused, stillRefused } from './refused';
import { totalOf } from './total';

const type = modelOf({
  model: {
    version: '1',
    privileges: [],
    slices: [],
    overrides: [],
    records: [
      {
        ...record('thing', [
          field('name', 'text'),
          field('email', 'email'),
          field('size', 'integer'),
          field('score', 'integer', { setBySlices: true }),
          field('externalIds', 'list'),
        ]),
        inputs: [field('accountName', 'text')],
      },
    ],
  },
  viewer: { kind: 'user', id: '1', name: 'Ada', tenant: 't', roles: null, teams: [], privileges: [] },
}).byPlural('things');
if (!type) throw new Error('no type');
const draft = (mapping: Record<string, string | null>) => ({ job: { id: '1' }, mapping, sample: [] });

describe('How rows become records', () => {
  it('offers what can be set, and the id that the file is from', () =>
    expect(targetsOf(type, 'ERP No.').flatMap(({ value }) => (value === 'version' ? [] : value))).toEqual([
      'id',
      'name',
      'email',
      'size',
      'accountName',
      'externalIds.erp-no',
    ]));

  it('finds records by what names one, so that nobody is entered twice', () => {
    expect(usualHow(type, draft({ A: 'name', B: 'email' }))).toMatchObject({ match: 'email', mode: 'both' });
    expect(usualHow(type, draft({ A: 'id', B: 'email' })).match).toBe('id');
    expect(usualHow(type, draft({ A: 'name', B: null }))).toMatchObject({ match: undefined, mode: 'create' });
    expect(matchesOf(type, { mapping: { A: 'name', B: 'size', C: null } }).map(({ value }) => value)).toEqual(['name']);
  });

  it('forgets what was said of a field that is not set any more', () => {
    const how = withPolicy(withPolicy(usualHow(type, draft({ A: 'name', B: 'email' })), 'name', 'erase'), 'name', 'ifEmpty');
    expect([policyOf(how, 'name'), policyOf(how, 'email')]).toEqual(['ifEmpty', 'set']);
    expect(mapped(type, how, 'A', 'size').onlyIfEmpty).toEqual([]);
    expect(mapped(type, how, 'B', null)).toMatchObject({ match: undefined, mode: 'create', onlyIfEmpty: [] });
    expect([...mappedTwice(mapped(type, how, 'A', 'email'))]).toEqual(['email']);
  });
});

describe('Rows that were refused', () => {
  it('are read from a table and from lines of JSON, and sent again', async () => {
    const table = readRefused('Mail,Name,problem\n"no, mail",Ada,email: No address.\n', true);
    expect(table).toEqual({ headers: ['Mail', 'Name'], rows: [{ cells: ['no, mail', 'Ada'], problem: 'email: No address.' }] });
    expect(await fileOf(table).text()).toBe('Mail,Name\n"no, mail",Ada\n');
    const lines = readRefused(
      '{"name":"=1","tags":["a"],"size":1.5,"problem":"size: No."}\n{"name":null,"mail":"x","problem":"?"}\n',
      false,
    );
    expect(lines.headers).toEqual(['name', 'tags', 'size', 'mail']);
    expect(lines.rows.map(({ cells }) => cells)).toEqual([
      ["'=1", '["a"]', '1.5', ''],
      ['', '', '', 'x'],
    ]);
  });

  it('are fine where they are not refused again', () => {
    const row = (...cells: string[]) => ({ cells, problem: 'old', isTouched: true });
    const sent = { headers: ['A', 'B'], rows: [row('1', 'x'), row('2', 'y'), row('2', 'y')] };
    const again = stillRefused(sent, { headers: ['A', 'B'], rows: [{ cells: ['2', 'y'], problem: 'new' }] });
    expect(again.rows.map(({ problem, isTouched }) => [problem, isTouched])).toEqual([
      [undefined, undefined],
      ['new', undefined],
      [undefined, undefined],
    ]);
  });

  it('name the fields that are wrong', () => {
    expect(namedIn('email: No. lastName: Needed.', 'lastName')).toBe(true);
    expect(namedIn('email: No.', 'mail')).toBe(false);
    expect(namedIn(undefined, 'email')).toBe(false);
  });

  it('do not count where they were sent again', () => {
    const job = (done: number, changed: number, failed: number) => ({ done, changed, failed }) as ImportJob;
    expect(totalOf([job(10, 6, 3)])).toEqual({ changed: 6, failed: 3, stayed: 1 });
    expect(totalOf([job(10, 6, 3), job(3, 2, 1)])).toEqual({ changed: 8, failed: 1, stayed: 1 });
  });
});
