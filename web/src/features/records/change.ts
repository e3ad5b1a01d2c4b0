import { useCallback } from 'react';
import { type Edit, editRecord, type Outcome, readRecord, undo } from '@/api/changes';
import { type Model, type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { labelOf, oneOf } from '@/features/labels';
import { saidOf, sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { toast } from '@/ui/toasts';
import { settle } from './conflict/conflicts';

/** One operation, or some that one deed was made of, in their order. */
type Operations = string | readonly string[];

/** Takes operations back, the last one first, and says so. What has changed since is not lost without a word: the rest can be taken back alone. */
export async function takeBack(operations: Operations, after?: () => void, keepChanged = false): Promise<boolean> {
  const left = [operations].flat();
  let refusal: Refusal | undefined;
  while (left.length && !refusal) {
    refusal = await undo(left.at(-1) ?? '', keepChanged);
    if (!refusal) left.pop();
  }
  const isChanged = !keepChanged && refusal?.problems.some((problem) => problem.code === 'changed_since');
  if (!refusal) toast({ text: t('undone') });
  else if (isChanged)
    toast({
      text: t('undo.changed'),
      detail: t('undo.changedText'),
      bad: true,
      action: { label: t('undo.rest'), run: () => void takeBack(left, after, true) },
    });
  else toast({ text: t('undo.failed'), detail: sentenceOf(refusal), bad: true });
  after?.();
  return !refusal;
}

/** Says that something has happened and offers to take it back, where it can be. */
export function tellDone(text: string, operations: Operations | null, after?: () => void) {
  toast({ text, ...(operations?.length && { action: { label: t('undo'), run: () => void takeBack(operations, after) } }) });
}

/** Where somebody else has changed the same fields, the person says whose values stay, and what is theirs is sent once more. */
export async function changeSettled(model: Model, type: RecordType, edit: Edit): Promise<Outcome> {
  const outcome = await editRecord(model, type, edit);
  if (outcome.ok || outcome.refusal.kind !== 'conflict' || outcome.refusal.conflicts.length === 0) return outcome;
  const { conflicts } = outcome.refusal;
  const choice = await settle({ type, row: edit.row, conflicts, shown: edit.shown ?? {} });
  if (!choice) return outcome;
  const values = Object.fromEntries(Object.entries(edit.values).filter(([name]) => choice[name] !== 'theirs'));
  const seen = Object.fromEntries(conflicts.map(({ field, current }) => [field, current]));
  if (Object.keys(values).length) return changeSettled(model, type, { ...edit, values, base: { ...edit.base, ...seen } });
  await readRecord(model, type, edit.row.id, Object.keys(edit.values));
  return { ok: true, row: null, operation: null };
}

/**
 * Changes records of a type: shown at once, taken back where it is refused, and offered to be undone. The outcome is for who shows errors where they
 * belong; where nobody does (`quiet` is not set) a refusal is told in passing.
 */
export function useChange(type: RecordType) {
  const model = useModel();
  return useCallback(
    async (edit: Edit, { quiet = false } = {}): Promise<Outcome> => {
      const outcome = await changeSettled(model, type, edit);
      const [name] = Object.keys(edit.values);
      const field = name ? type.field(name) : undefined;
      if (outcome.ok) {
        if (outcome.operation) tellDone(t('change.saved'), outcome.operation);
      } else if (!quiet)
        toast({
          text: t('change.failed', { label: field ? labelOf(type, field) : oneOf(type) }),
          detail: (field && saidOf(outcome.refusal, field.name)) ?? sentenceOf(outcome.refusal, type),
          bad: true,
        });
      return outcome;
    },
    [model, type],
  );
}
