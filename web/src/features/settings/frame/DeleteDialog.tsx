import { type ReactNode, useState } from 'react';
import { ask } from '@/api/doors';
import { t } from '@/lib/i18n/t';
import { Confirm } from './Confirm';
import { usePosted } from './usePosted';

type Props = {
  /** The door of what is deleted. */
  readonly at: string;
  readonly label: string;
  readonly close: () => void;
  readonly done: (operation: string | null) => void;
  readonly children: ReactNode;
};

// Refusals that are a question: sent again with `confirm`, it is done.
const questions = new Set(['in_use', 'stands_for_ready_made']);

/** Something is deleted; what hangs on it is said first, and asked again. */
export function DeleteDialog({ at, label, close, done, children }: Props) {
  const { busy, refusal, send } = usePosted();
  const [isAsked, setAsked] = useState(false);
  const run = async () => {
    const answer = await send(ask('DELETE', at, { query: { confirm: isAsked || undefined } }));
    if (answer) done(answer.operation);
    else setAsked(true);
  };
  const isQuestion = refusal?.problems.some((problem) => questions.has(problem.code));
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
