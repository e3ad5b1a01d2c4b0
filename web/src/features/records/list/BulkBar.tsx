import PencilLine from 'lucide-react/icons/pencil-line';
import Tags from 'lucide-react/icons/tags';
import Trash2 from 'lucide-react/icons/trash-2';
import X from 'lucide-react/icons/x';
import { useState } from 'react';
import { isEditable, type RecordType, useModel } from '@/api/model';
import { formatCount } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import styles from './BulkBar.module.css';
import { EditDialog, TagsDialog } from './BulkDialogs';
import { useBulk } from './useBulk';
import type { useSelection } from './useSelection';

type Props = {
  readonly type: RecordType;
  readonly chosen: ReturnType<typeof useSelection>;
  readonly total: number | undefined;
  readonly filter: string;
  /** A search cannot be said to a job: then only those that are ticked are meant. */
  readonly canMeanAll: boolean;
  readonly changed: () => void;
};

/** What can be done with all that are selected. */
export function BulkBar({ type, chosen, total, filter, canMeanAll, changed }: Props) {
  const [open, setOpen] = useState<'edit' | 'tags' | undefined>();
  const run = useBulk(type, chosen, filter, changed);
  const { privileges } = useModel();
  const mayEdit = privileges.has('bulkEdit') && Boolean(type.graph.update);
  const mayDelete = privileges.has('bulkEdit') && Boolean(type.graph.delete);
  const tags = type.field('tags');
  const count = chosen.selection.all ? (total ?? 0) : chosen.selection.ids.size;
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('list.selected', { count })}>
      <span className={styles.count} role="status">
        {chosen.selection.all ? t('list.allSelected', { count: formatCount(count) }) : t('list.selected', { count })}
      </span>
      {!chosen.selection.all && canMeanAll && total !== undefined && total > count && (
        <Button small look="quiet" onClick={chosen.everything}>
          {t('list.selectAll', { count: formatCount(total) })}
        </Button>
      )}
      <span className={styles.space} />
      {mayEdit && (
        <Button small icon={PencilLine} onClick={() => setOpen('edit')}>
          {t('bulk.edit')}
        </Button>
      )}
      {mayEdit && tags && isEditable(tags) && (
        <Button small icon={Tags} onClick={() => setOpen('tags')}>
          {t('bulk.tags')}
        </Button>
      )}
      {mayDelete && (
        <Button
          small
          look="danger"
          icon={Trash2}
          aria-label={`${t('delete')}: ${t('bulk.delete', { count })}`}
          onClick={() => void run({ delete: true })}
        >
          {t('delete')}
        </Button>
      )}
      <IconButton label={t('list.clearSelection')} icon={X} keys="escape" onClick={chosen.clear} />
      {open === 'edit' && <EditDialog type={type} count={count} close={() => setOpen(undefined)} run={run} />}
      {open === 'tags' && tags && <TagsDialog {...{ type, tags, count, run }} close={() => setOpen(undefined)} />}
    </div>
  );
}
