import { quoted } from '@/lib/filter/text';
import { client } from './client';
import { searchable, selectionOf } from './documents';
import type { Model, RecordType } from './model';
import { type Row, titleOf } from './values';

export type Found = { readonly id: string; readonly type: RecordType; readonly title: string; readonly detail: string };

const details = ['email', 'company', 'domain', 'jobTitle', 'status'];

const detailOf = (type: RecordType) => details.find((name) => name !== type.title && type.field(name));

/** Records of all types that are found by words, best first. */
export async function search(model: Model, q: string, first = 12): Promise<Found[]> {
  const types = model.types.filter((type) => type.graph.list && type.title && type.fields.some((field) => field.searchable));
  // Fields of one name may be of other types in other records: each has a name of its own in the answer.
  const parts = types.map(
    (type) =>
      `... on ${type.graph.type} { ${type.record}Title: ${type.title} ${detailOf(type) ? `${type.record}Detail: ${detailOf(type)}` : ''} }`,
  );
  const query = `query Search($q: String!, $first: Int) { search(q: $q, first: $first) { __typename id ${parts.join(' ')} } }`;
  const { data, error } = await client
    .query<{ search: (Row | null)[] }>(query, { q, first }, { requestPolicy: 'network-only' })
    .toPromise();
  if (error && !data) throw error;
  return (data?.search ?? []).flatMap((row) => {
    const type = row && model.byName(row.__typename);
    if (!row || !type) return [];
    return [
      {
        id: row.id,
        type,
        title: String(row[`${type.record}Title`] ?? titleOf(type, row)),
        detail: String(row[`${type.record}Detail`] ?? ''),
      },
    ];
  });
}

/** Records of one type, to choose one from: those that are found by words, or the first by name. */
export async function findRecords(model: Model, type: RecordType, words: string, first = 8): Promise<readonly Row[]> {
  const named = type.title && type.field(type.title)?.sortable ? type.title : undefined;
  const asked = !words ? '' : searchable(type) ? 'q: $words, ' : named ? 'filter: $words, ' : '';
  const told = !searchable(type) && named ? `${named} ~ ${quoted(`*${words.replace(/[\\*?]/g, '\\$&')}*`)}` : words;
  const sort = !words && named ? `sort: "${named}", ` : '';
  const query = `query Find${type.graph.type}${asked ? '($words: String)' : ''} { page: ${type.graph.list}(${asked}${sort}first: ${first}) { nodes { __typename ${selectionOf(model, type, type.title ? [type.title] : [])} } } }`;
  const { data, error } = await client
    .query<{ page: { nodes: Row[] } }>(query, asked ? { words: told } : {}, { requestPolicy: 'network-only' })
    .toPromise();
  if (!data) throw error ?? new Error();
  return data.page.nodes;
}
