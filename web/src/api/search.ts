import { named, quoted } from '@/lib/filter/text';
import { client } from './client';
import { searchable, selectionOf } from './documents';
import type { Model, RecordType } from './model';
import { type Row, titleOf } from './values';

export type Found = { readonly id: string; readonly type: RecordType; readonly title: string; readonly detail: string };

const details = ['email', 'company', 'domain', 'jobTitle', 'status'];

const detailOf = (type: RecordType) => details.find((name) => name !== type.title && type.field(name));

/** Records of some types that are found by words, best first. */
export async function search(model: Model, among: readonly RecordType[], q: string, first = 12): Promise<Found[]> {
  const types = among.filter((type) => type.title && searchable(type));
  // Fields of one name may be of other types in other records: each has a name of its own in the answer.
  const parts = types.map(
    (type) =>
      `... on ${type.graph.type} { ${type.record}Title: ${type.title} ${detailOf(type) ? `${type.record}Detail: ${detailOf(type)}` : ''} }`,
  );
  const names = types.map((type) => type.graph.type).join(' ');
  const query = `query Search($q: String!, $first: Int) { search(q: $q, types: [${names}], first: $first) { __typename id ${parts.join(' ')} } }`;
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
  const byTitle = type.title && type.field(type.title)?.sortable ? type.title : undefined;
  const asked = !words ? '' : searchable(type) ? 'q: $words, ' : byTitle ? 'filter: $words, ' : '';
  const told = !searchable(type) && byTitle ? `${byTitle} ~ ${quoted(`*${words.replace(/[\\*?]/g, '\\$&')}*`)}` : words;
  const sort = !words && byTitle ? `sort: "${byTitle}", ` : '';
  const query = `query Find${type.graph.type}${asked ? '($words: String)' : ''} { page: ${type.graph.list}(${asked}${sort}first: ${first}) { nodes { __typename ${selectionOf(model, type, type.title ? [type.title] : [])} } } }`;
  const { data, error } = await client
    .query<{ page: { nodes: Row[] } }>(query, asked ? { words: told } : {}, { requestPolicy: 'network-only' })
    .toPromise();
  if (!data) throw error ?? new Error();
  return data.page.nodes;
}

const namedAtOnce = 50;

/** Records of one type by what they are called, exactly: of each name those that have it. */
export async function recordsNamed(model: Model, type: RecordType, names: readonly string[]): Promise<ReadonlyMap<string, readonly Row[]>> {
  const { title } = type;
  const found = new Map<string, Row[]>();
  if (!title || !type.graph.list) return found;
  const query = `query Named${type.graph.type}($filter: String!, $after: String) { page: ${type.graph.list}(filter: $filter, first: 200, after: $after) {
    nodes { __typename ${selectionOf(model, type, [title])} } pageInfo { hasNextPage endCursor }
  } }`;
  for (let i = 0; i < names.length; i += namedAtOnce) {
    const filter = `${named(title)} in (${names
      .slice(i, i + namedAtOnce)
      .map(quoted)
      .join(', ')})`;
    for (let after: string | null = null; ; ) {
      const { data, error }: { data?: NamedPage; error?: Error } = await client
        .query<NamedPage>(query, { filter, after }, { requestPolicy: 'network-only' })
        .toPromise();
      if (!data) throw error ?? new Error();
      for (const row of data.page.nodes) found.set(titleOf(type, row), [...(found.get(titleOf(type, row)) ?? []), row]);
      if (!data.page.pageInfo.hasNextPage) break;
      after = data.page.pageInfo.endCursor;
    }
  }
  return found;
}

type NamedPage = { page: { nodes: readonly Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
