import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { type UseQueryArgs, useQuery } from 'urql';
import { client } from './client';
import { changedDocument, pastDocument, recordDocument } from './documents';
import { type RecordType, readModel, useModel } from './model';
import { type Refusal, refusalOfError } from './problems';
import { type ListQuery, noList, RecordList } from './RecordList';
import type { Row } from './values';

/** A list that loads as it is scrolled, and is kept current. */
export function useList(type: RecordType, { filter, sort, q, columns }: ListQuery) {
  const model = useModel();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with other columns, and by another model, it is the same list.
  const list = useMemo(() => new RecordList(model, type, { filter, sort, q, columns }), [type.plural, filter, sort, q]);
  useEffect(() => list.see(model, type, columns), [list, model, type, columns]);
  return { list, ...useSyncExternalStore(list.listen, list.read) };
}

export type Read<T> = {
  readonly data: T | undefined;
  readonly fetching: boolean;
  readonly refusal: Refusal | undefined;
  readonly again: () => void;
};

/** All records of a list of few, kept current; nothing of a type that is not there for this person. */
export function useAll(type: RecordType | undefined, { filter, sort, q, columns }: ListQuery): Read<readonly Row[]> {
  const model = useModel();
  const names = columns.join();
  const list = useMemo(
    () => type && new RecordList(model, type, { filter, sort, q, columns: names.split(',') }),
    [model, type, filter, sort, q, names],
  );
  const snapshot = useSyncExternalStore(list?.listen ?? noList.listen, list?.read ?? noList.read);
  const { length, ready, refusal } = snapshot;
  useEffect(() => list?.show(0, length), [list, length]);
  const data = useMemo(
    // The rows are those of the snapshot.
    () =>
      list && snapshot.ready && !snapshot.refusal ? Array.from({ length: snapshot.length }, (_, i) => list.row(i) ?? []).flat() : undefined,
    [list, snapshot],
  );
  return { data, fetching: Boolean(list) && !ready, refusal, again: list?.refresh ?? noList.refresh };
}

/** What a document asks for that is known beforehand. */
export function useAnswer<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false } = {},
): Read<Data> {
  const [{ data, fetching, error }, run] = useQuery({ query, variables, pause, requestPolicy: 'cache-and-network' } as UseQueryArgs<
    Variables,
    Data
  >);
  const again = useCallback(() => run({ requestPolicy: 'network-only' }), [run]);
  return { data, fetching, refusal: error && !data ? refusalOfError(error) : undefined, again };
}

/** What somebody did to a record that is looked at. */
export type Heard = {
  readonly kind: string;
  readonly fields: readonly string[] | null;
  readonly actor: { readonly id: string | null; readonly name: string | null } | null;
};

/** A record with some of its fields, kept current; `heard` is told of each change. */
export function useRecord(type: RecordType, id: string, fields: readonly string[], heard?: (change: Heard) => void): Read<Row | null> {
  const model = useModel();
  const tell = useRef(heard);
  tell.current = heard;
  const query = useMemo(() => recordDocument(model, type, fields), [model, type, fields]);
  const [{ data, fetching, error }, run] = useQuery<{ record: Row | null }>({
    query,
    variables: useMemo(() => ({ id }), [id]),
    requestPolicy: 'cache-and-network',
  });
  const changed = useMemo(() => changedDocument(model, type, fields), [model, type, fields]);
  useEffect(() => {
    if (!type.graph.changed) return;
    const live = client.subscription<{ change: Heard }>(changed, { ids: [id] }).subscribe(({ data: told, error: refused }) => {
      // It may name a field that is kept from this person by now; what came before comes with it once more.
      if (refused) void readModel().catch(() => undefined);
      if (refused || !told) return;
      if (told.change.kind !== 'updated') run({ requestPolicy: 'network-only' });
      tell.current?.(told.change);
    });
    return () => live.unsubscribe();
  }, [changed, id, run, type]);
  return {
    data: data?.record,
    fetching,
    refusal: error && !data ? refusalOfError(error) : undefined,
    again: () => run({ requestPolicy: 'network-only' }),
  };
}

/** A record as it was at a time. */
export function usePast(type: RecordType, id: string, fields: readonly string[], asOf: string | undefined): Read<Row | null> {
  const model = useModel();
  const [{ data, fetching, error }, run] = useQuery<{ record: Row | null }>({
    query: useMemo(() => pastDocument(model, type, fields), [model, type, fields]),
    variables: useMemo(() => ({ id, asOf: asOf ?? '' }), [id, asOf]),
    pause: asOf === undefined,
  });
  return {
    data: useMemo(() => data?.record && { ...data.record, id }, [data, id]),
    fetching,
    refusal: error && !data ? refusalOfError(error) : undefined,
    again: () => run({ requestPolicy: 'network-only' }),
  };
}
