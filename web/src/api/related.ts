import { useMemo } from 'react';
import { useQuery } from 'urql';
import { type Back, relatedDocument } from './documents';
import { type Model, may, type RecordType, useModel } from './model';
import type { Row } from './values';

/** Records that refer to one by a field. */
export type Relation = Back & { readonly by: string };

const few = 5;

/** Each way in which records the person sees refer to those of a type. */
export function relationsOf(
  model: Model,
  type: RecordType,
  namesOf: (of: RecordType, by: string) => readonly string[],
): readonly Relation[] {
  return type.graph.backs.flatMap(({ name, type: graphType, field }) => {
    const of = model.byName(graphType);
    return of?.graph.list && may(of, 'read') ? [{ name, of, by: field, names: namesOf(of, field) }] : [];
  });
}

export type Related = Readonly<Record<string, { readonly totalCount: number; readonly nodes: readonly Row[] } | null>>;

/** The first records of each relation, and how many there are. */
export function useRelated(type: RecordType, id: string, relations: readonly Relation[]) {
  const model = useModel();
  const [{ data, error, fetching }, run] = useQuery<{ record: Related | null }>({
    query: useMemo(() => relatedDocument(model, type, relations, few), [model, type, relations]),
    variables: useMemo(() => ({ id }), [id]),
    pause: relations.length === 0,
    requestPolicy: 'cache-and-network',
  });
  return {
    related: data?.record ?? undefined,
    failed: Boolean(error && !data),
    fetching,
    again: () => run({ requestPolicy: 'network-only' }),
  };
}
