import type { FieldModel, Model, RecordType } from './model';

const numbers = new Set(['integer', 'number', 'money']);

/** What is asked of a record so that these fields can be shown: references with the words their record is known by. */
export function selectionOf(model: Model, type: RecordType, names: readonly string[]): string {
  const custom: string[] = [];
  const own = new Set(['id', 'version']);
  for (const name of names.map((n) => type.field(n))) {
    if (!name?.graph.name) continue;
    if (name.origin === 'custom') custom.push(name.graph.name);
    else for (const part of fieldOf(model, type, name)) own.add(part);
  }
  if (type.fields.some((field) => field.masked)) own.add('masked');
  if (custom.length) own.add(`custom { ${custom.join(' ')} }`);
  return [...own].join(' ');
}

function fieldOf(model: Model, type: RecordType, field: FieldModel): string[] {
  const name = field.graph.name ?? field.name;
  if (field.masked) return [name];
  if (name === 'createdBy' || name === 'updatedBy') return [`${name} { kind id name }`];
  if (field.parts?.length && (field.kind === 'list' || field.kind === 'address'))
    return [`${name} { ${field.parts.map((part) => part.name).join(' ')} }`];
  if (!field.graph.reference) return [name];
  const title = model.referred(type, field)?.title;
  return [name, `${field.graph.reference} { id ${title ?? ''} }`];
}

/** A page of a list: what its rows show, and how many there are. */
export function listDocument(model: Model, type: RecordType, columns: readonly string[]): string {
  return `query ${type.graph.type}List($filter: String, $sort: String, $first: Int, $after: String, $zone: String${searchable(type) ? ', $q: String' : ''}) {
  page: ${type.graph.list}(filter: $filter, sort: $sort, first: $first, after: $after, zone: $zone${searchable(type) ? ', q: $q' : ''}) {
    edges { cursor node { __typename ${selectionOf(model, type, columns)} } }
    pageInfo { hasNextPage endCursor }
  }
}`;
}

/** What is said of the whole list: its length, and the sums of columns that have some. */
export function totalsDocument(type: RecordType, columns: readonly string[]): string {
  const sums = summed(type, columns).map((field) => field.graph.name);
  return `query ${type.graph.type}Totals($filter: String, $zone: String${searchable(type) ? ', $q: String' : ''}) {
  page: ${type.graph.list}(filter: $filter, first: 1, zone: $zone${searchable(type) ? ', q: $q' : ''}) {
    totalCount
    ${sums.length ? `aggregate { count sum { ${sums.join(' ')} } }` : ''}
  }
}`;
}

/** Columns that can be summed up: the tenant's own have no sums in the graph, and shares of a hundred have none that says anything. */
export const summed = (type: RecordType, columns: readonly string[]): FieldModel[] =>
  columns
    .flatMap((name) => type.field(name) ?? [])
    .filter(
      (field) =>
        field.origin !== 'custom' &&
        !field.masked &&
        numbers.has(field.kind) &&
        field.name !== 'version' &&
        !(field.max !== null && Number(field.max) <= 100),
    );

export const searchable = (type: RecordType): boolean => type.fields.some((field) => field.searchable);

export function recordDocument(model: Model, type: RecordType, names: readonly string[]): string {
  return `query ${type.graph.type}Record($id: ID!) { record: ${type.graph.one}(id: $id) { __typename ${selectionOf(model, type, names)} } }`;
}

/** One record as it was. Its id has another name, so that the cache does not take it for the record as it is. */
export function pastDocument(model: Model, type: RecordType, names: readonly string[]): string {
  const asked = selectionOf(model, type, names).replace(/^id /, 'recordId: id ');
  return `query ${type.graph.type}Past($id: ID!, $asOf: DateTime!) { record: ${type.graph.one}(id: $id, asOf: $asOf) { __typename ${asked} } }`;
}

// One person is another actor through another door: actors have no id in the cache.
const historyParts = 'history(first: $first) { version at operation type data actor { kind name door who: id } }';

/** What happened to a record, newest first; also to one that is in the trash. */
export function historyDocument(type: RecordType, inTrash = false): string {
  if (inTrash)
    return `query ${type.graph.type}PastHistory($filter: String!, $first: Int) {
  page: trash(type: ${type.graph.type}, filter: $filter, first: 1) { nodes { ... on ${type.graph.type} { __typename id ${historyParts} } } }
}`;
  return `query ${type.graph.type}History($id: ID!, $first: Int) {
  record: ${type.graph.one}(id: $id) { __typename id ${historyParts} }
}`;
}

/** The first records that refer to one, for each way of referring to it. */
export function relatedDocument(model: Model, type: RecordType, backs: readonly Back[], first: number): string {
  const parts = backs.map(({ name, of, names }) => {
    const shown = selectionOf(model, of, names);
    return `${name}: ${name}(first: ${first}) { totalCount nodes { __typename ${shown} } }`;
  });
  return `query ${type.graph.type}Related($id: ID!) { record: ${type.graph.one}(id: $id) { __typename id ${parts.join('\n')} } }`;
}

/** Records that refer to one: by which field of the graph, of which type, and what is shown of them. */
export type Back = { readonly name: string; readonly of: RecordType; readonly names: readonly string[] };

/** A change of one record, answered with the fields that are shown. */
export function changeDocument(
  model: Model,
  type: RecordType,
  verb: 'create' | 'update' | 'delete' | 'restore',
  names: readonly string[],
): string {
  const field = type.graph[verb];
  const payload = `{ ${type.record} { __typename ${selectionOf(model, type, names)} } operation errors { code message field facts } }`;
  const input = `$input: ${type.graph.input}!`;
  switch (verb) {
    case 'create':
      return `mutation Create${type.graph.type}(${input}, $key: String) { change: ${field}(input: $input, idempotencyKey: $key) ${payload} }`;
    case 'update':
      return `mutation Update${type.graph.type}($id: ID!, ${input}, $base: JSON, $key: String) {
  change: ${field}(id: $id, input: $input, base: $base, idempotencyKey: $key) ${payload}
}`;
    case 'delete':
      return `mutation Delete${type.graph.type}($id: ID!, $confirm: Boolean, $key: String) {
  change: ${field}(id: $id, confirm: $confirm, idempotencyKey: $key) { operation errors { code message field facts } }
}`;
    case 'restore':
      return `mutation Restore${type.graph.type}($id: ID!, $key: String) { change: ${field}(id: $id, idempotencyKey: $key) ${payload} }`;
  }
}

export function changedDocument(model: Model, type: RecordType, columns: readonly string[]): string {
  return `subscription ${type.graph.type}Changed($ids: [ID!], $filter: String, $zone: String) {
  change: ${type.graph.changed}(ids: $ids, filter: $filter, zone: $zone) { kind id version fields actor { id name } record { __typename ${selectionOf(model, type, columns)} } }
}`;
}
