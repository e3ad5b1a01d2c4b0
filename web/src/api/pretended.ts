import type { ModelQuery } from './graph';

type Told = NonNullable<ModelQuery['model']['records']>[number];
type ToldField = NonNullable<Told['fields']>[number];

/** A field as the model tells of it, for tests. */
export const field = (name: string, kind: string, more: Partial<ToldField> = {}): ToldField => ({
  name,
  kind,
  label: name,
  origin: 'declared',
  required: false,
  setBySlices: false,
  readOnly: false,
  masked: false,
  sensitive: false,
  searchable: false,
  sortable: true,
  retired: false,
  deprecated: null,
  operators: ['='],
  choices: null,
  refers: null,
  parts: null,
  help: null,
  default: null,
  min: null,
  max: null,
  pattern: null,
  gives: null,
  formula: null,
  index: null,
  ...more,
  graph: { name: name.split('.').at(-1) ?? name, reference: null, type: null, input: true, ...more.graph },
});

/** A record type as the model tells of it, for tests. */
export const record = (name: string, fields: ToldField[]): Told => {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    service: 'things',
    record: name,
    plural: `${name}s`,
    label: type,
    labels: `${type}s`,
    deeds: { create: 'all', read: 'all', update: 'all', delete: 'all', export: 'all' },
    fields: [field('id', 'reference'), field('version', 'integer'), ...fields],
    inputs: [],
    related: [],
    graph: {
      type,
      one: name,
      list: `${name}s`,
      changed: `${name}Changed`,
      input: `${type}Input`,
      create: `create${type}`,
      update: `update${type}`,
      delete: `delete${type}`,
      restore: `restore${type}`,
      backs: [],
    },
  };
};
