import { describe, expect, it } from 'vitest';
import type { Entry } from '@/api/history';
import type { FieldModel, RecordType } from '@/api/model';
import type { Happening } from '@/api/timeline';
import { factsOf, isShown, linesOf } from './entries';
import { sectionsOf } from './sections';

const field = (name: string, kind = 'text', more: Partial<FieldModel> = {}) =>
  ({
    name,
    kind,
    label: name,
    origin: 'declared',
    setBySlices: false,
    readOnly: false,
    retired: false,
    parts: null,
    graph: { name, input: true },
    ...more,
  }) as FieldModel;

const fields = [
  field('id', 'reference', { setBySlices: true }),
  field('name', 'text', { required: true }),
  field('stageId', 'reference', { setBySlices: true }),
  field('previousStageId', 'reference', { setBySlices: true }),
  field('stageEnteredAt', 'instant', { setBySlices: true }),
  field('site', 'url'),
  field('email', 'email'),
  field('emails', 'list', { parts: [{ name: 'address', kind: 'text', operators: [] }] }),
  field('story', 'longText'),
  field('custom.size', 'number', { origin: 'custom' }),
  field('createdAt', 'instant', { setBySlices: true }),
];
const type = {
  plural: 'accounts',
  record: 'thing',
  title: 'name',
  fields,
  field: (name: string) => fields.find((one) => one.name === name),
} as unknown as RecordType;

const entry = (version: number, what: string, changes: Record<string, [unknown, unknown]>): Entry => ({
  version,
  at: `2026-01-0${version}T10:00:00Z`,
  operation: `${version}`,
  type: `things.thing.${what}`,
  actor: null,
  data: { changes: Object.fromEntries(Object.entries(changes).map(([name, [before, after]]) => [name, { old: before, new: after }])) },
});
const happening: Happening = {
  at: '2026-01-02T12:00:00Z',
  what: 'won',
  actor: 'Ada',
  record: 'pipeline.deal',
  recordId: 'd',
  name: 'Engines',
  facts: null,
  names: null,
};

describe('what happened', () => {
  const lines = linesOf(
    type,
    [
      entry(3, 'moved', { stageId: ['a', 'b'], previousStageId: [null, 'a'], stageEnteredAt: ['x', 'y'] }),
      entry(1, 'created', { name: [null, 'Ada'] }),
    ],
    [happening],
  );

  it('is told newest first, with what happened around it', () => {
    expect(lines.map((line) => line.what)).toEqual(['moved', 'won', 'created']);
  });

  it('tells what somebody did apart from what followed', () => {
    const [moved] = lines;
    expect(moved?.of === 'record' && moved.changes.map((one) => one.field.name)).toEqual(['stageId']);
    expect(moved?.of === 'record' && moved.also.map((one) => one.field.name)).toEqual(['previousStageId', 'stageEnteredAt']);
  });

  it('finds fields that a tenant has added by either name', () => {
    for (const name of ['custom.size', 'size']) {
      const [line] = linesOf(type, [entry(2, 'updated', { [name]: ['1', '2'] })], []);
      expect(line?.of === 'record' && line.changes[0]?.field.name).toBe('custom.size');
    }
  });

  it('is narrowed by kind and by field', () => {
    const whats = (kind: Parameters<typeof isShown>[1], name?: string) =>
      lines.filter((line) => isShown(line, kind, name)).map((line) => line.what);
    expect(whats('changes')).toEqual(['created']);
    expect(whats('steps')).toEqual(['moved']);
    expect(whats('related')).toEqual(['won']);
    expect(whats('all', 'stageEnteredAt')).toEqual(['moved']);
  });

  it('says why, and no ids', () => {
    expect(factsOf({ reason: 'Price', from: 'a', override: null, changes: {} })).toEqual([['reason', 'Price']]);
  });
});

describe('a page', () => {
  it('has each field in one group, and of an address only the list', () => {
    const named = Object.fromEntries(sectionsOf(type).map((section) => [section.id, section.fields.map((one) => one.name)]));
    expect(named.custom).toEqual(['custom.size']);
    expect(named.notes).toEqual(['story']);
    expect(named.record).toEqual(['createdAt']);
    const all = Object.values(named).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain('emails');
    expect(all).not.toContain('id');
  });
});
