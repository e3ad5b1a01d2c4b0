import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { Link } from 'wouter';
import { restoreRecord } from '@/api/changes';
import { useHistory } from '@/api/history';
import { type RecordType, useModel } from '@/api/model';
import type { Row } from '@/api/values';
import { sentenceOf } from '@/features/refusals';
import { formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { toast } from '@/ui/toasts';
import { tellDone } from '../change';
import styles from './Bars.module.css';

type Props = { readonly type: RecordType; readonly row: Row; readonly title: string; readonly restored: () => void };

/** Says that the record is in the trash, and takes it out. */
export function TrashBar({ type, row, title, restored }: Props) {
  const model = useModel();
  const [busy, setBusy] = useState(false);
  const { entries } = useHistory(type, row, 1, true);
  const mergedInto = entries?.[0]?.data?.mergedInto;
  const at = row.deletedAt as string | null | undefined;
  const restore = async () => {
    setBusy(true);
    const outcome = await restoreRecord(model, type, row.id);
    setBusy(false);
    if (!outcome.ok) return toast({ text: t('trash.notRestored', { title }), detail: sentenceOf(outcome.refusal, type), bad: true });
    tellDone(t('trash.restored', { title }), outcome.operation);
    restored();
  };
  return (
    <div className={styles.bar} role="status">
      <Trash2 size={15} aria-hidden />
      <span>{at ? t('trash.since', { at: formatInstant(at) }) : t('trash.here')}</span>
      {typeof mergedInto === 'string' && (
        <Link href={`/${type.plural}/${mergedInto}`} className={styles.link}>
          {t('trash.merged')}
        </Link>
      )}
      <span className={styles.space} />
      {type.graph.restore && (
        <Button small look="primary" disabled={busy} onClick={() => void restore()}>
          {t('trash.restore')}
        </Button>
      )}
    </div>
  );
}
