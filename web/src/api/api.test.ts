import { CombinedError } from '@urql/core';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { changeDocument, changedDocument, listDocument, recordDocument, selectionOf, summed, totalsDocument } from './documents';
import { modelOf } from './model';
import { field, record } from './pretended';
import { refusalOf, refusalOfError } from './problems';
import { guessOf, inputOf, type Row, valueIn, withoutTypes } from './values';

const model = modelOf({
  model: {
    version: '1',
    privileges: [],
    slices: [],
    overrides: [],
    records: [
      record('account', [field('name', 'text', { searchable: true })]),
      record('contact', [
        field('displayName', 'text', { setBySlices: true }),
        field('accountId', 'reference', {
          refers: 'account',
          graph: { name: 'accountId', reference: 'account', type: 'Account', input: true },
        }),
        field('emails', 'list', { parts: [{ name: 'address', kind: 'text', operators: [] }] }),
        field('revenue', 'money'),
        field('custom.size', 'number', { origin: 'custom' }),
      ]),
    ],
  },
  viewer: { kind: 'user', id: '1', name: 'Ada', tenant: '1', roles: null, teams: [], privileges: [] },
});
const type = (name: string) => model.byName(name) ?? expect.fail(name);
const contact = type('Contact');

describe('What is asked of records', () => {
  it('has references with the words their record is known by, parts, and custom fields in their place', () => {
    expect(selectionOf(model, contact, ['displayName', 'accountId', 'emails', 'custom.size'])).toBe(
      'id version displayName accountId account { id name } emails { address } custom { size }',
    );
  });

  it('is GraphQL', () => {
    const columns = ['displayName', 'accountId', 'emails', 'revenue', 'custom.size'];
    for (const document of [
      listDocument(model, contact, columns),
      totalsDocument(contact, columns),
      recordDocument(model, contact, columns),
      changedDocument(model, contact, columns),
    ])
      expect(() => parse(document)).not.toThrow();
    for (const verb of ['create', 'update', 'delete', 'restore'] as const)
      expect(() => parse(changeDocument(model, contact, verb, columns))).not.toThrow();
  });

  it('sums what can be summed', () =>
    expect(summed(contact, ['displayName', 'revenue', 'custom.size', 'version']).map((one) => one.name)).toEqual(['revenue']));
});

describe('What is told of records', () => {
  const row: Row = { __typename: 'Contact', id: '7', version: 1, accountId: null, account: null, custom: { size: '37' } };

  it('has custom fields in their place, and nothing of the cache', () => {
    expect(inputOf(contact, { displayName: 'Ada', 'custom.size': 38, emails: [{ __typename: 'X', address: 'a@b.example' }] })).toEqual({
      displayName: 'Ada',
      emails: [{ address: 'a@b.example' }],
      custom: { size: 38 },
    });
    expect(withoutTypes({ __typename: 'X', a: [{ __typename: 'Y', b: 1 }] })).toEqual({ a: [{ b: 1 }] });
  });

  it('is guessed at with the record a reference leads to', () => {
    const account: Row = { __typename: 'Account', id: '9', version: 1, name: 'Engines' };
    expect(guessOf(model, contact, row, { accountId: '9', 'custom.size': 38 }, { accountId: account })).toEqual({
      __typename: 'Contact',
      id: '7',
      accountId: '9',
      account,
      custom: { __typename: 'ContactCustom', size: 38 },
    });
  });

  it('is read where it stands', () => expect(valueIn(row, contact.field('custom.size') ?? expect.fail())).toBe('37'));
});

describe('A refusal', () => {
  it('is a conflict where both sides are told', () => {
    const refusal = refusalOf([
      { code: 'conflict', message: 'Changed meanwhile.', facts: { conflicts: [{ field: 'name', base: 'a', yours: 'b', now: 'c' }] } },
    ]);
    expect(refusal).toMatchObject({ kind: 'conflict', conflicts: [{ field: 'name', base: 'a', wanted: 'b', current: 'c' }] });
  });

  it('is about a field where one is named', () => {
    expect(refusalOf([{ code: 'invalid', message: 'No address.', field: 'email' }])).toMatchObject({
      kind: 'invalid',
      problems: [{ field: 'email' }],
    });
  });

  it('is being offline where nothing came back', () =>
    expect(refusalOfError(new CombinedError({ networkError: new TypeError('Failed to fetch') })).kind).toBe('offline'));

  it('is the server where it failed', () => {
    const failed = new CombinedError({ networkError: new Error('Internal'), response: new Response('', { status: 500 }) });
    expect(refusalOfError(failed).kind).toBe('failed');
  });

  it('says what the graph says of an argument', () => {
    const error = new CombinedError({
      graphQLErrors: [{ message: 'No.', extensions: { code: 'invalid', errors: { filter: ['Unknown field `foo`.'] } } }],
    });
    expect(refusalOfError(error).problems).toMatchObject([{ code: 'invalid', message: 'Unknown field `foo`.', field: 'filter' }]);
  });
});
