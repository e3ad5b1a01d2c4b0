import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useQuery } from 'urql';
import { client } from './client';
import { changedDocument, recordDocument } from './documents';
import { type RecordType, useModel } from './model';
import { type Refusal, refusalOfError } from './problems';
import { type ListQuery, RecordList } from './RecordList';
import type { Row } from './values';

/** A list that loads as it is scrolled, and is kept current. */
export function useList(type: RecordType, { filter, sort, q, columns }: ListQuery) {
  const model = useModel();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns are the same list.
  const list = useMemo(() => new RecordList(model, type, { filter, sort, q, columns }), [model, type, filter, sort, q]);
  useEffect(() => list.setColumns(columns), [list, columns]);
  return { list, ...useSyncExternalStore(list.listen, list.read) };
}

export type Read<T> = {
  readonly data: T | undefined;
  readonly fetching: boolean;
  readonly refusal: Refusal | undefined;
  readonly again: () => void;
};

/** A record with some of its fields, kept current. */
export function useRecord(type: RecordType, id: string, fields: readonly string[]): Read<Row | null> {
  const model = useModel();
  const query = useMemo(() => recordDocument(model, type, fields), [model, type, fields]);
  const [{ data, fetching, error }, run] = useQuery<{ record: Row | null }>({
    query,
    variables: useMemo(() => ({ id }), [id]),
    requestPolicy: 'cache-and-network',
  });
  const changed = useMemo(() => changedDocument(model, type, fields), [model, type, fields]);
  useEffect(() => {
    const live = client.subscription<{ change: { kind: string } }>(changed, { ids: [id] }).subscribe(({ data: told }) => {
      if (told && told.change.kind !== 'updated') run({ requestPolicy: 'network-only' });
    });
    return () => live.unsubscribe();
  }, [changed, id, run]);
  return {
    data: data?.record,
    fetching,
    refusal: error && !data ? refusalOfError(error) : undefined,
    again: () => run({ requestPolicy: 'network-only' }),
  };
}
