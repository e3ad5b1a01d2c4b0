import type { FieldModel, Model, RecordType } from './model';

/** A record as the graph answers it, with the fields that were asked for. */
export type Row = { readonly __typename: string; readonly id: string; readonly version: number | null; readonly [field: string]: unknown };

/** The value of a field; one the tenant has added stands in `custom`. */
export function valueIn(row: Row, field: FieldModel): unknown {
  const name = field.graph.name ?? field.name;
  if (field.origin !== 'custom') return row[name];
  return (row.custom as Record<string, unknown> | null | undefined)?.[name];
}

/** The record a reference leads to; null where it leads to nobody, or to somebody who is not seen. */
export const referredOf = (row: Row, field: FieldModel): Row | null =>
  field.graph.reference ? ((row[field.graph.reference] as Row | null | undefined) ?? null) : null;

export const isMasked = (row: Row, field: FieldModel): boolean =>
  Array.isArray(row.masked) && (row.masked as string[]).includes(field.name);

/** All that can be read of records of a type. */
export const everything = (type: RecordType): string[] => type.fields.flatMap((field) => (field.graph.name ? [field.name] : []));

/** What a record is called. */
export function titleOf(type: RecordType | undefined, row: Row): string {
  const title = type?.title && row[type.title];
  return title ? String(title) : '';
}

/** Field values by their names as input of a change: custom ones in their own object. */
export function inputOf(type: RecordType, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = type.field(name) ?? type.inputs.find((one) => one.name === name);
    if (field?.origin === 'custom') custom[field.graph.name ?? name] = numberOf(field, withoutTypes(value));
    else input[name] = withoutTypes(value);
  }
  return Object.keys(custom).length ? { ...input, custom } : input;
}

// A field of one's own has no type in the schema: its number is one of JSON. What cannot be read as one is refused by the server, as it was typed.
const numberOf = (field: FieldModel, value: unknown): unknown =>
  field.kind === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;

/** What the cache has noted of types is no part of a value. */
export function withoutTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (name === '__typename' ? [] : [[name, withoutTypes(inner)]])));
}

/** A record as a change will probably make it. */
export function guessOf(
  model: Model,
  type: RecordType,
  row: Row,
  values: Readonly<Record<string, unknown>>,
  shown: Readonly<Record<string, Row | null>>,
): Row {
  const guess: Record<string, unknown> = { __typename: row.__typename, id: row.id };
  const custom: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = type.field(name);
    if (!field) continue;
    if (field.origin === 'custom') custom[field.graph.name ?? name] = value;
    else guess[name] = typed(model, type, field, value);
    if (field.graph.reference && name in shown) guess[field.graph.reference] = shown[name];
  }
  if (Object.keys(custom).length) guess.custom = { __typename: `${row.__typename}Custom`, ...custom };
  return guess as Row;
}

// The cache keeps objects by their type, so those of a guess have one too.
function typed(_: Model, type: RecordType, field: FieldModel, value: unknown): unknown {
  const withType = (one: unknown) =>
    typeof one === 'object' && one !== null ? { __typename: `${type.graph.type}${field.name}`, ...one } : one;
  if (field.kind === 'list' && Array.isArray(value)) return value.map(withType);
  return field.kind === 'address' ? withType(value) : value;
}
