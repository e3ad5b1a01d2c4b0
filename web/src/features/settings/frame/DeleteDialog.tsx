import type { ReactNode } from 'react';
import type { Refused } from '@/api/changes';
import { t } from '@/lib/i18n/t';
import { Confirm } from './Confirm';
import { usePosted } from './usePosted';

type Props = {
  /** Deletes it; `confirm` says that what follows was told and is wanted. */
  readonly remove: (confirm: boolean) => Promise<{ readonly ok: true; readonly operation: string | null } | Refused>;
  readonly label: string;
  readonly close: () => void;
  readonly done: (operation: string | null) => void;
  readonly children: ReactNode;
};

// Refusals that are a question: sent again with `confirm`, it is done.
const questions = new Set(['in_use', 'stands_for_ready_made']);

/** Something is deleted; what hangs on it is said first, and asked again. */
export function DeleteDialog({ remove, label, close, done, children }: Props) {
  const { busy, refusal, send } = usePosted();
  const isQuestion = refusal?.problems.some((problem) => questions.has(problem.code)) ?? false;
  const run = async () => {
    const answer = await send(remove(isQuestion));
    if (answer) done(answer.operation);
  };
  return (
    <Confirm
      title={t('set.deleteTitle', { label })}
      label={t(isQuestion ? 'set.deleteAnyway' : 'delete')}
      close={close}
      run={() => void run()}
      busy={busy}
      refusal={refusal}
    >
      {children}
    </Confirm>
  );
}
