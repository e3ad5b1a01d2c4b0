import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { RecordType } from '@/api/model';
import type { Snapshot } from '@/api/RecordList';
import type { Row } from '@/api/values';
import { Store, useStore } from '@/lib/store';

/** Records in an order, as far as they are known: a list, or a board. */
export type Walked = {
  readonly indexOf: (id: string) => number;
  readonly read: () => Pick<Snapshot, 'length' | 'more' | 'total'>;
  readonly reach: (index: number) => Promise<Row | undefined>;
};

/** The list somebody has looked at last: where it is, and its records. */
type Seen = { readonly plural: string; readonly address: string; readonly list: Walked };

const last = new Store<Seen | undefined>(undefined);

export const noteList = (plural: string, address: string, list: Walked) => last.set({ plural, address, list });

/** Where a record stands in the list somebody came from, and how to go on from there. */
export function useNeighbours(type: RecordType, id: string) {
  const seen = useStore(last);
  const [, go] = useLocation();
  const list = seen?.plural === type.plural ? seen.list : undefined;
  const index = useMemo(() => list?.indexOf(id) ?? -1, [list, id]);
  const length = list?.read().length ?? 0;
  const isLast = index === length - 1 && !list?.read().more;
  const step = async (by: 1 | -1) => {
    const row = index + by >= 0 ? await list?.reach(index + by) : undefined;
    if (row) go(`/${type.plural}/${row.id}`, { replace: true });
  };
  return {
    address: list ? (seen?.address ?? `/${type.plural}`) : `/${type.plural}`,
    place: index < 0 ? undefined : { index, of: list?.read().total },
    previous: index > 0 ? () => void step(-1) : undefined,
    next: index >= 0 && !isLast ? () => void step(1) : undefined,
  };
}
