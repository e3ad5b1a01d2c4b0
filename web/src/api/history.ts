import { useCallback, useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { quoted } from '@/lib/filter/text';
import { client } from './client';
import { historyDocument } from './documents';
import type { RecordType } from './model';
import { type Refusal, refusalOfError } from './problems';
import type { Row } from './values';

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

type Told = { readonly history: readonly Entry[] | null };
type Answer = { readonly record?: Told | null; readonly page?: { readonly nodes: readonly Told[] } | null };

export type History = {
  readonly entries: readonly Entry[] | undefined;
  readonly refusal: Refusal | undefined;
  readonly again: () => void;
};

/** What happened to a record, newest first; read again whenever its version is another one. */
export function useHistory(type: RecordType, row: Row, first: number, inTrash: boolean): History {
  const { id, version } = row;
  const query = useMemo(() => historyDocument(type, inTrash), [type, inTrash]);
  const [{ data, error }, run] = useQuery<Answer>({
    query,
    variables: useMemo(() => (inTrash ? { filter: `id = ${quoted(id)}`, first } : { id, first }), [id, first, inTrash]),
    requestPolicy: 'cache-and-network',
  });
  const again = useCallback(() => run({ requestPolicy: 'network-only' }), [run]);
  const entries = (data?.record ?? data?.page?.nodes[0])?.history ?? undefined;
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
