import { useCallback, useEffect, useMemo, useState } from 'react';
import { quoted } from '@/lib/filter/text';
import { client } from './client';
import { selectionOf } from './documents';
import { type Model, type RecordType, useModel } from './model';
import { type Refusal, refusalOfError } from './problems';
import type { Row } from './values';

type Answer = { trash: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: readonly Row[] } };
type Pages = { readonly rows: readonly Row[]; readonly total: number; readonly end: string | null; readonly more: boolean };

const pageSize = 50;

function trashDocument(model: Model, type: RecordType): string {
  const names = [...(type.title ? [type.title] : []), 'deletedAt', 'updatedBy', ...(type.field('ownerId') ? ['ownerId'] : [])];
  return `query ${type.graph.type}Trash($first: Int, $after: String, $filter: String) {
  trash(type: ${type.graph.type}, sort: "-deletedAt", first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor } nodes { ... on ${type.graph.type} { __typename ${selectionOf(model, type, names)} } }
  }
}`;
}

/** What is in the trash, what was thrown away last first. */
export function useTrash(type: RecordType, q: string) {
  const model = useModel();
  const query = useMemo(() => trashDocument(model, type), [model, type]);
  const [pages, setPages] = useState<Pages | undefined>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const read = useCallback(
    async (after: string | null) => {
      const told = {
        first: pageSize,
        after: after ?? undefined,
        filter: q ? `${type.title} ~ ${quoted(`*${q.replace(/[\\*?]/g, '\\$&')}*`)}` : undefined,
      };
      const { data, error } = await client.query<Answer>(query, told, { requestPolicy: 'network-only' }).toPromise();
      return data ?? (error && refusalOfError(error));
    },
    [query, type, q],
  );
  const load = useCallback(
    async (after: string | null, isCurrent: () => boolean = () => true) => {
      const told = await read(after);
      if (!isCurrent() || !told) return;
      if (!('trash' in told)) return setRefusal(told);
      const { nodes, totalCount, pageInfo } = told.trash;
      setRefusal(undefined);
      setPages((now) => ({
        rows: [...(after ? (now?.rows ?? []) : []), ...nodes],
        total: totalCount,
        end: pageInfo.endCursor,
        more: pageInfo.hasNextPage,
      }));
    },
    [read],
  );
  useEffect(() => {
    let current = true;
    void load(null, () => current);
    return () => {
      current = false;
    };
  }, [load]);
  return { pages, refusal, again: () => void load(null), more: () => void load(pages?.end ?? null) };
}
