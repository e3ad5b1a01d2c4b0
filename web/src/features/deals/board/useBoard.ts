import { useMemo, useRef, useSyncExternalStore } from 'react';
import { type RecordType, useModel } from '@/api/model';
import type { Walked } from '@/features/records/cameFrom';
import type { Stage } from '../stages';
import { Board, type BoardQuery } from './Board';

/** The board of a pipeline, kept current. */
export function useBoard(type: RecordType, { pipeline, filter, q }: BoardQuery) {
  const model = useModel();
  const board = useMemo(() => new Board(model, type, { pipeline, filter, q }), [model, type, pipeline, filter, q]);
  return { board, shown: useSyncExternalStore(board.listen, board.read) };
}

/** The same list as long as the stages are the same, whatever is in them. */
export function useStages(lanes: readonly { readonly stage: Stage }[]): readonly Stage[] {
  const kept = useRef<readonly Stage[]>([]);
  if (lanes.length !== kept.current.length || lanes.some(({ stage }, i) => stage !== kept.current[i]))
    kept.current = lanes.map(({ stage }) => stage);
  return kept.current;
}

/** From a deal's page the next one is the next card, column by column. */
export function walked(board: Board): Walked {
  const cards = () => board.read()?.lanes.flatMap((one) => one.cards) ?? [];
  return {
    indexOf: (id) => cards().findIndex((row) => row.id === id),
    read: () => ({ length: cards().length, more: false, total: board.read()?.total?.count }),
    reach: async (index) => cards()[index],
  };
}
