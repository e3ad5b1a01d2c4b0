import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { selectionOf } from '@/api/documents';
import { type RecordType, useModel } from '@/api/model';
import { titleOf } from '@/api/values';
import { tellDone } from '@/features/records/change';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { toast } from '@/ui/toasts';
import type { Stage } from '../stages';
import { MoveDialog } from './MoveDialog';
import { type Move, type Moved, type Need, type Said, sendMove, sliceOf } from './send';

type Asked = { readonly move: Move; readonly need: Need; readonly refused?: Moved; readonly end: (ok: boolean) => void };

const nothing: Need = { fields: [], undone: [] };
const shownAfter = ['name', 'stageId', 'stageEnteredAt', 'status', 'pipelineId', 'probability', 'category', 'amount', 'closedOn'];

/**
 * Moves deals, wherever that is done: what has to be said is asked for in a dialog, and all that the service says is missing. Answers whether the deal
 * has moved; by then everybody has been told, and offered to take it back.
 */
export function useMove(
  type: RecordType,
  after?: () => void,
): { readonly move: (move: Move) => Promise<boolean>; readonly dialog: ReactNode } {
  const model = useModel();
  const [asked, ask] = useState<Asked | undefined>();
  const latest = useRef(after);
  latest.current = after;
  const selection = useMemo(() => selectionOf(model, type, shownAfter), [model, type]);
  const mayOverride = model.overrides.some(({ name, allowed }) => name === 'overrideDealMove' && allowed);

  const done = useCallback(
    ({ deal, to }: Move, operation: string | null) =>
      tellDone(t('deal.moved', { title: titleOf(type, deal) || t('list.untitled'), stage: to.name }), operation, () => latest.current?.()),
    [type],
  );
  const move = useCallback(
    async (move: Move) => {
      if (move.from.id === move.to.id) return false;
      const later = (need: Need, refused?: Moved) => new Promise<boolean>((end) => ask({ move, need, refused, end }));
      if (sliceOf(move) !== 'moveDeal') return later(nothing);
      const moved = await sendMove(move, {}, selection);
      if (moved.ok) {
        done(move, moved.operation);
        return true;
      }
      if (moved.need && (!moved.need.allowed || mayOverride)) return later(moved.need, moved);
      tellRefused(move, moved);
      return false;
    },
    [selection, done, mayOverride],
  );
  const submit = async (said: Said): Promise<Moved> => {
    if (!asked) throw new Error('Nothing is asked.');
    const moved = await sendMove(asked.move, said, selection);
    if (moved.ok) {
      done(asked.move, moved.operation);
      asked.end(true);
      ask(undefined);
    }
    return moved;
  };
  const dialog = asked && (
    <MoveDialog
      key={`${asked.move.deal.id} ${asked.move.to.id}`}
      type={type}
      move={asked.move}
      need={asked.need}
      refused={asked.refused}
      mayOverride={mayOverride}
      submit={submit}
      cancel={() => {
        asked.end(false);
        ask(undefined);
      }}
    />
  );
  return { move, dialog };
}

function tellRefused({ to }: { readonly to: Stage }, moved: Moved) {
  if (moved.ok) return;
  toast({ text: t('deal.notMoved', { stage: to.name }), detail: sentenceOf(moved.refusal), bad: true });
}
