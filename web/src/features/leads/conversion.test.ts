import { describe, expect, it } from 'vitest';
import type { Becomes } from '@/api/leads';
import type { FieldModel, RecordType } from '@/api/model';
import type { Row } from '@/api/values';
import { fieldsTold, mappedFields } from './conversion';

const typeWith = (...names: string[]) =>
  ({
    record: 'any',
    field: (name: string) => (names.includes(name) ? ({ name, origin: 'declared', graph: { name } } as FieldModel) : undefined),
  }) as RecordType;
const becomes = (to: string, from = to, fills = true): Becomes => ({ target: 'contact', to, from, fills });

const lead = {
  type: typeWith('firstName', 'jobTitle', 'emails', 'source', 'ownerId', 'language'),
  row: {
    id: '1',
    firstName: 'Ada',
    jobTitle: 'Countess',
    emails: [{ address: 'ADA@x.example' }],
    source: null,
    ownerId: 'me',
    language: 'en',
  } as unknown as Row,
};
const type = typeWith('firstName', 'jobTitle', 'emails', 'source', 'ownerId');
const fields = [
  becomes('firstName'),
  becomes('jobTitle'),
  becomes('emails'),
  becomes('source'),
  becomes('ownerId', 'ownerId', false),
  becomes('language'),
];
const effects = (there: Row | undefined) =>
  Object.fromEntries(mappedFields(fields, lead, { type, there }).map(({ to, effect }) => [to.name, effect]));

describe('What a lead says', () => {
  it('is taken by a new record, but for what is not seen there', () =>
    expect(effects(undefined)).toEqual({ firstName: 'taken', jobTitle: 'taken', emails: 'taken', ownerId: 'taken' }));

  it('fills what is empty, is added to lists, and takes nothing away', () => {
    const there = {
      id: '2',
      firstName: 'Augusta',
      jobTitle: null,
      emails: [{ address: 'king@x.example' }],
      ownerId: null,
    } as unknown as Row;
    expect(effects(there)).toEqual({ firstName: 'differs', jobTitle: 'filled', emails: 'added', ownerId: 'differs' });
  });

  it('is the same however it is written', () => {
    const there = { id: '2', firstName: 'ada', emails: [{ __typename: 'Email', address: 'ada@x.example', type: null }] } as unknown as Row;
    expect(effects(there)).toMatchObject({ firstName: 'same', emails: 'same' });
  });

  it('is told where somebody has decided something else', () => {
    const there = { id: '2', firstName: 'Augusta', jobTitle: null, emails: [], ownerId: 'you' } as unknown as Row;
    const mapped = mappedFields(fields, lead, { type, there });
    expect(fieldsTold(mapped, { 'contact firstName': 'replace', 'contact jobTitle': 'leave', 'contact ownerId': 'leave' })).toEqual([
      { target: 'contact', to: 'firstName', use: 'replace' },
      { target: 'contact', to: 'jobTitle', use: 'leave' },
    ]);
  });
});
