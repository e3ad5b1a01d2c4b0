import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { restoreRecord } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import type { Row } from '@/api/values';
import { formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { toast } from '@/ui/toasts';
import { sentenceOf, tellDone } from '../change';
import styles from './Bars.module.css';

type Props = { readonly type: RecordType; readonly row: Row; readonly title: string; readonly restored: () => void };

/** Says that the record is in the trash, and takes it out. */
export function TrashBar({ type, row, title, restored }: Props) {
  const model = useModel();
  const [busy, setBusy] = useState(false);
  const at = row.deletedAt as string | null | undefined;
  const restore = async () => {
    setBusy(true);
    const outcome = await restoreRecord(model, type, row.id);
    setBusy(false);
    if (!outcome.ok) return toast({ text: t('trash.notRestored', { title }), detail: sentenceOf(outcome.refusal), bad: true });
    tellDone(t('trash.restored', { title }), outcome.operation);
    restored();
  };
  return (
    <div className={styles.bar} role="status">
      <Trash2 size={15} aria-hidden />
      <span>{at ? t('trash.since', { at: formatInstant(at) }) : t('trash.here')}</span>
      <span className={styles.space} />
      {type.graph.restore && (
        <Button small look="primary" disabled={busy} onClick={() => void restore()}>
          {t('trash.restore')}
        </Button>
      )}
    </div>
  );
}
