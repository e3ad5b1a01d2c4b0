import { useState } from 'react';
import { ask } from '@/api/doors';
import { t } from '@/lib/i18n/t';
import { Confirm } from '../frame/Confirm';
import { usePosted } from '../frame/usePosted';

type Props = {
  readonly at: string;
  readonly label: string;
  readonly close: () => void;
  readonly done: (operation: string | null) => void;
};

/** A field is deleted; where records have values of it, or formulas use it, that is said first and asked again. */
export function DeleteField({ at, label, close, done }: Props) {
  const { busy, refusal, send } = usePosted();
  const [warned, setWarned] = useState(false);
  const run = async () => {
    const answer = await send(ask('DELETE', at, { query: { confirm: warned || undefined } }));
    if (answer) done(answer.operation);
    else setWarned(true);
  };
  const isInUse = refusal?.problems.some((problem) => problem.code === 'in_use');
  return (
    <Confirm
      title={t('set.deleteField', { label })}
      label={t(isInUse ? 'set.deleteAnyway' : 'delete')}
      close={close}
      run={() => void run()}
      busy={busy}
      refusal={refusal}
    >
      <p>{t('set.deleteFieldText')}</p>
    </Confirm>
  );
}
