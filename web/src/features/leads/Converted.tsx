import CircleCheck from 'lucide-react/icons/circle-check';
import Undo2 from 'lucide-react/icons/undo-2';
import { useState } from 'react';
import { Link } from 'wouter';
import { readRecord } from '@/api/changes';
import type { Became } from '@/api/leads';
import { type RecordType, useModel } from '@/api/model';
import { oneWithin } from '@/features/labels';
import { iconOf } from '@/features/nouns';
import { takeBack } from '@/features/records/change';
import { t } from '@/lib/i18n/t';
import { Button, buttonLook } from '@/ui/Button';
import styles from './ConvertDialog.module.css';

type Props = {
  readonly type: RecordType;
  readonly id: string;
  readonly became: Became;
  readonly operation: string | null;
  readonly close: () => void;
};

/** What the lead has become, and the way back. */
export function Converted({ type, id, became, operation, close }: Props) {
  const model = useModel();
  const [busy, setBusy] = useState(false);
  const made = [
    { plural: 'contacts', id: became.contact },
    { plural: 'accounts', id: became.account },
    { plural: 'deals', id: became.deal },
  ].flatMap((one) => {
    const of = model.byPlural(one.plural);
    return one.id && of ? [{ of, id: one.id }] : [];
  });
  const undoAll = async () => {
    if (!operation) return;
    setBusy(true);
    const isBack = await takeBack(operation);
    setBusy(false);
    if (!isBack) return;
    await readRecord(model, type, id, ['status', 'convertedContactId', 'convertedAccountId', 'convertedDealId', 'convertedAt']);
    close();
  };
  return (
    <div className={styles.done}>
      <p className={styles.success}>
        <CircleCheck size={18} aria-hidden />
        {t('convert.doneText')}
      </p>
      <ul className={styles.made}>
        {made.map(({ of, id: madeId }) => {
          const Icon = iconOf(of);
          return (
            <li key={madeId}>
              <Link href={`/${of.plural}/${madeId}`} className={buttonLook}>
                <Icon size={15} aria-hidden />
                {t('convert.open', { label: oneWithin(of) })}
              </Link>
            </li>
          );
        })}
      </ul>
      {operation && (
        <Button icon={Undo2} disabled={busy} onClick={() => void undoAll()}>
          {t('convert.undo')}
        </Button>
      )}
    </div>
  );
}
