import { useEffect, useMemo } from 'react';
import { quoted } from '@/lib/filter/text';
import { Store, useStore } from '@/lib/store';
import { client } from './client';
import { type FieldModel, type Model, type RecordType, useModel } from './model';
import { type Row, titleOf } from './values';

/** What records are called that something speaks of by their ids alone. */
export type Names = ReadonlyMap<string, string>;

const known = new Store<Names>(new Map());
const asked = new Set<string>();

/** A value of a field that may be an id. */
export type Mention = { readonly type: RecordType; readonly field: FieldModel; readonly value: unknown };

/** The names of all that is mentioned; they come as they are found. */
export function useNames(mentions: readonly Mention[]): Names {
  const model = useModel();
  const wanted = useMemo(() => wantedOf(model, mentions), [model, mentions]);
  useEffect(() => {
    for (const [of, ids] of wanted) void learn(of, ids);
  }, [wanted]);
  return useStore(known);
}

function wantedOf(model: Model, mentions: readonly Mention[]): ReadonlyMap<RecordType, readonly string[]> {
  const wanted = new Map<RecordType, string[]>();
  for (const { type, field, value } of mentions) {
    const of = (field.gives ?? field.kind) === 'reference' && typeof value === 'string' ? model.referred(type, field) : undefined;
    if (of?.title && of.graph.list) wanted.set(of, [...(wanted.get(of) ?? []), value as string]);
  }
  return wanted;
}

async function learn(type: RecordType, ids: readonly string[]) {
  const unknown = [...new Set(ids)].filter((id) => !asked.has(id)).slice(0, 200);
  if (unknown.length === 0) return;
  for (const id of unknown) asked.add(id);
  const query = `query ${type.graph.type}Names($filter: String) { page: ${type.graph.list}(filter: $filter, first: 200) { nodes { __typename id ${type.title} } } }`;
  const filter = `id in (${unknown.map(quoted).join(', ')})`;
  const { data } = await client.query<{ page: { nodes: readonly Row[] } }>(query, { filter }).toPromise();
  if (!data) for (const id of unknown) asked.delete(id);
  else known.set(new Map([...known.get(), ...data.page.nodes.map((row) => [row.id, titleOf(type, row)] as const)]));
}
