import { expect, it, vi } from 'vitest';
import type { Patch, Patched } from '@/api/batch';
import type { FieldModel, Model, RecordType } from '@/api/model';
import { refusalOf } from '@/api/problems';
import type { Change } from './plan';
import { writeCells } from './write';

const sent: (readonly Patch[])[] = [];
let answers: ((patch: Patch) => Patched | undefined)[] = [];
vi.mock('@/api/batch', () => ({
  mostAtOnce: 2,
  patchMany: (_: unknown, __: unknown, patches: readonly Patch[]): Promise<Patched> => {
    const answer = answers.shift();
    sent.push(patches);
    const refusals = patches.map((patch) => answer?.(patch)).map((one) => (one && !one.ok ? one.refusal : undefined));
    return Promise.resolve({ ok: true, operation: refusals.every(Boolean) ? null : `o${sent.length}`, refusals });
  },
}));

const change = (id: string, name: string): Change => ({
  row: { __typename: 'Thing', id, version: 1 },
  field: { name } as FieldModel,
  text: name,
  before: 'old',
  value: 'new',
});
const refused = (field: string, facts?: unknown): Patched => ({
  ok: false,
  refusal: refusalOf([{ code: 'validation_failed', message: `No ${field}.`, field, facts }]),
});
const write = (changes: readonly Change[], isStopped = () => false) => {
  sent.length = 0;
  return writeCells({} as Model, {} as RecordType, changes, { done: () => undefined, isStopped });
};

it('What is wrong with one cell keeps none of its neighbours back', async () => {
  const conflict = { conflicts: { size: { base: 'old', yours: 'new', now: 'theirs' } } };
  answers = [
    (patch) => (patch.id === '1' ? refused('email') : undefined),
    (patch) => (patch.id === '3' ? refused('size', conflict) : undefined),
    () => undefined,
  ];
  const written = await write([change('1', 'name'), change('1', 'email'), change('2', 'name'), change('3', 'name'), change('3', 'size')]);
  expect(sent.map((patches) => patches.map(({ id, values }) => `${id} ${Object.keys(values)}`))).toEqual([
    ['1 name,email', '2 name'],
    ['3 name,size', '1 name'],
    ['3 name'],
  ]);
  expect([written.cells, written.records, written.operations]).toEqual([3, 3, ['o1', 'o2', 'o3']]);
  expect(
    written.refused.map(({ change: { row, field }, why, conflict: known }) => `${row.id} ${field.name} ${why} ${known?.current}`),
  ).toEqual(['1 email No email. undefined', '3 size No size. theirs']);
});

it('What is stopped is not sent, and not forgotten', async () => {
  answers = [];
  let rounds = 0;
  const written = await write(
    ['1', '2', '3'].map((id) => change(id, 'name')),
    () => rounds++ > 0,
  );
  expect(sent).toHaveLength(1);
  expect([written.cells, written.refused.map(({ change: { row } }) => row.id)]).toEqual([2, ['3']]);
});
