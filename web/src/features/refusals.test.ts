import { describe, expect, it } from 'vitest';
import type { RecordType } from '@/api/model';
import { refusalOf } from '@/api/problems';
import { saidElsewhere, saidOf, sentenceOf } from './refusals';

const status = {
  name: 'status',
  label: 'State',
  kind: 'choice',
  choices: [
    { value: 'new', label: 'New' },
    { value: 'won', label: 'Won' },
  ],
};
const fields = [status, { name: 'lastName', label: 'Family name' }, { name: 'emails', label: 'Mails' }];
const type = { record: 'lead', field: (name: string) => fields.find((field) => field.name === name) } as unknown as RecordType;

const refusal = refusalOf([
  { code: 'invalid', message: 'lastName is bad', field: 'lastName', facts: { broken: { rule: 'required' } } },
  { code: 'invalid', message: 'The address is odd.', field: 'emails[1].address' },
  { code: 'in_use', message: 'There are deals.' },
]);

describe('A refusal', () => {
  it('is said beside its field without its name', () => {
    expect(saidOf(refusal, 'lastName')).toBe('This is needed.');
    expect(saidOf(refusal, 'emails')).toBe('The address is odd.');
    expect(saidOf(refusal, 'phones')).toBeNull();
  });

  it('is said elsewhere with the label of its field, never with its raw name', () => {
    expect(saidElsewhere(refusal, ['lastName'], type)).toEqual([
      'Mails, 2, Address: The address is odd.',
      'Others still use it. Archive it or take it out of use instead.',
    ]);
    expect(sentenceOf(refusalOf([{ code: 'invalid', message: 'x', field: 'custom.shoeSize', facts: { broken: { rule: 'taken' } } }]))).toBe(
      'Shoe size: Another record has this already.',
    );
  });

  it('says of a step what people call its states', () => {
    const facts = { from: 'new', to: 'won', allowed: ['working'], roles: [] };
    const step = refusalOf([{ code: 'transition_not_allowed', message: 'A lead that is new…', facts }]);
    expect(sentenceOf(step, type)).toBe('New does not become Won. It may become: working.');
  });
});
