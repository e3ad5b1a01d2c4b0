import { useCallback, useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { client } from './client';
import { historyDocument } from './documents';
import type { RecordType } from './model';
import { type Refusal, refusalOfError } from './problems';

export type FieldChange = { readonly old: unknown; readonly new: unknown };

/** Something that happened to a record: who, through which door, and what it changed. */
export type Entry = {
  readonly version: number;
  readonly at: string;
  readonly operation: string;
  readonly type: string;
  readonly actor: {
    readonly kind: string | null;
    readonly name: string | null;
    readonly door: string | null;
    readonly who: string | null;
  } | null;
  readonly data: { readonly changes?: Readonly<Record<string, FieldChange>>; readonly [fact: string]: unknown } | null;
};

type Answer = { record: { history: readonly Entry[] | null } | null };

export type History = {
  readonly entries: readonly Entry[] | undefined;
  readonly refusal: Refusal | undefined;
  readonly again: () => void;
};

/** What happened to a record, newest first; read again whenever its version is another one. */
export function useHistory(type: RecordType, id: string, first: number, version: number | null | undefined): History {
  const query = useMemo(() => historyDocument(type), [type]);
  const [{ data, error }, run] = useQuery<Answer>({
    query,
    variables: useMemo(() => ({ id, first }), [id, first]),
    requestPolicy: 'cache-and-network',
  });
  const again = useCallback(() => run({ requestPolicy: 'network-only' }), [run]);
  const entries = data?.record?.history ?? undefined;
  const newest = entries?.[0]?.version;
  useEffect(() => {
    if (version && newest && version > newest) again();
  }, [version, newest, again]);
  return { entries, refusal: error && !data ? refusalOfError(error) : undefined, again };
}

/** The last change of a field. */
export async function lastChange(type: RecordType, id: string, field: string): Promise<Entry | undefined> {
  const { data } = await client.query<Answer>(historyDocument(type), { id, first: 20 }, { requestPolicy: 'network-only' }).toPromise();
  return data?.record?.history?.find((entry) => entry.data?.changes && field in entry.data.changes);
}
