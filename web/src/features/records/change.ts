import { useCallback } from 'react';
import { type Edit, editRecord, type Outcome, undo } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { labelOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { toast } from '@/ui/toasts';

/** What a refusal means to a person, in one sentence. */
export function sentenceOf(refusal: Refusal): string {
  if (refusal.kind === 'offline') return t('fail.offline');
  if (refusal.kind === 'invalid' || refusal.problems.length)
    return refusal.problems.map((problem) => problem.message).join(' ') || t('fail.invalid');
  return t(`fail.${refusal.kind}`);
}

/** Says that something has happened and offers to take it back, where it can be. */
export function tellDone(text: string, operation: string | null, after?: () => void) {
  toast({
    text,
    ...(operation && {
      action: {
        label: t('undo'),
        run: () =>
          void undo(operation).then((refusal) => {
            toast(refusal ? { text: sentenceOf(refusal), bad: true } : { text: t('undone') });
            after?.();
          }),
      },
    }),
  });
}

/**
 * Changes records of a type: shown at once, taken back where it is refused, and offered to be undone. The outcome is for who shows errors where they
 * belong; where nobody does (`quiet` is not set) a refusal is told in passing.
 */
export function useChange(type: RecordType) {
  const model = useModel();
  return useCallback(
    async (edit: Edit, { quiet = false } = {}): Promise<Outcome> => {
      const outcome = await editRecord(model, type, edit);
      const [name] = Object.keys(edit.values);
      const field = name ? type.field(name) : undefined;
      if (outcome.ok) tellDone(t('change.saved'), outcome.operation);
      else if (!quiet)
        toast({
          text: t('change.failed', { label: field ? labelOf(type, field) : type.label }),
          detail: sentenceOf(outcome.refusal),
          bad: true,
        });
      return outcome;
    },
    [model, type],
  );
}
