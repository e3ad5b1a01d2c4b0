import { useMemo } from 'react';
import { useQuery } from 'urql';
import { type RecordType, useModel } from './model';

/** Something that happened to what belongs to a record: a deal of a company. */
export type Happening = {
  readonly at: string;
  readonly what: string;
  readonly actor: string;
  readonly record: string;
  readonly recordId: string;
  readonly name: string | null;
  readonly facts: Readonly<Record<string, unknown>> | null;
  readonly names: Readonly<Record<string, string>> | null;
};

type Answer = { record: { timeline: readonly Happening[] | null } | null };

/** What happened around a record, newest first, where a service keeps such a line of time for its type. */
export function useTimeline(type: RecordType, id: string): readonly Happening[] {
  const slice = useModel().slices.get('readTimeline');
  const isKept = slice?.graph.some((field) => field.type === type.graph.type && field.name === 'timeline') ?? false;
  const [{ data }] = useQuery<Answer>({
    query: `query ${type.graph.type}Timeline($id: ID!) { record: ${type.graph.one}(id: $id) { __typename id timeline { at what actor record recordId name facts names } } }`,
    variables: useMemo(() => ({ id }), [id]),
    pause: !isKept,
    requestPolicy: 'cache-and-network',
  });
  return useMemo(() => (data?.record?.timeline ?? []).filter((one) => one.recordId !== id), [data, id]);
}
