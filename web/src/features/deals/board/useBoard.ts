import { useMemo, useSyncExternalStore } from 'react';
import { type RecordType, useModel } from '@/api/model';
import { Board, type BoardQuery } from './Board';

/** The board of a pipeline, kept current. */
export function useBoard(type: RecordType, { pipeline, filter, q }: BoardQuery) {
  const model = useModel();
  const board = useMemo(() => new Board(model, type, { pipeline, filter, q }), [model, type, pipeline, filter, q]);
  return { board, shown: useSyncExternalStore(board.listen, board.read) };
}
