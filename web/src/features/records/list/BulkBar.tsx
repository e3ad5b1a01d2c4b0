import PencilLine from 'lucide-react/icons/pencil-line';
import Trash2 from 'lucide-react/icons/trash-2';
import X from 'lucide-react/icons/x';
import { useState } from 'react';
import { bulkEdit, follow } from '@/api/jobs';
import { type FieldModel, isEditable, type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { inputOf, type Row } from '@/api/values';
import { labelOf } from '@/features/labels';
import { saidOf, sentenceOf } from '@/features/refusals';
import { formatCount, zone } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Combobox } from '@/ui/Combobox';
import { Dialog } from '@/ui/Dialog';
import { Field } from '@/ui/Field';
import { toast, toasts } from '@/ui/toasts';
import { tellDone } from '../change';
import { FieldEditor } from '../fields/FieldEditor';
import styles from './BulkBar.module.css';
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
  const [editing, setEditing] = useState(false);
  const run = useBulk(type, chosen, filter, changed);
  const { privileges } = useModel();
  const mayEdit = privileges.has('bulkEdit') && Boolean(type.graph.update);
  const mayDelete = privileges.has('bulkEdit') && Boolean(type.graph.delete);
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
        <Button small icon={PencilLine} onClick={() => setEditing(true)}>
          {t('bulk.edit')}
        </Button>
      )}
      {mayDelete && (
        <Button small look="danger" icon={Trash2} aria-label={t('bulk.delete', { count })} onClick={() => void run({ delete: true })}>
          {t('delete')}
        </Button>
      )}
      <IconButton label={t('list.clearSelection')} icon={X} keys="escape" onClick={chosen.clear} />
      {editing && <EditDialog type={type} count={count} close={() => setEditing(false)} run={run} />}
    </div>
  );
}

type Deed = Parameters<typeof bulkEdit>[2];
type Run = (deed: Deed) => Promise<Refusal | undefined>;

/** Begins a job and tells how far it is; at its end it can be undone. */
function useBulk(type: RecordType, chosen: Props['chosen'], filter: string, changed: () => void): Run {
  return async (deed) => {
    const meant = chosen.selection.all ? { filter, zone: zone() } : { ids: [...chosen.selection.ids] };
    const { job, refusal } = await bulkEdit(type, meant, deed);
    if (!job) {
      if (refusal && deed.delete) toast({ text: sentenceOf(refusal), bad: true });
      return refusal;
    }
    chosen.clear();
    const told = toasts.add({ title: t('bulk.running'), timeout: 0 });
    void follow(type, job, ({ done, total }) =>
      toasts.update(told, { description: t('bulk.progress', { done: formatCount(Number(done)), total: formatCount(Number(total ?? 0)) }) }),
    ).then((end) => {
      toasts.close(told);
      changed();
      const count = Number(end.changed);
      if (count || !Number(end.failed))
        tellDone(deed.delete ? t('list.wasDeleted', { count }) : t('bulk.done', { count }), end.operation, changed);
      if (Number(end.failed)) toast({ text: t('bulk.refused', { count: Number(end.failed) }), bad: true });
    });
    return undefined;
  };
}

function EditDialog({
  type,
  count,
  close,
  run,
}: {
  readonly type: RecordType;
  readonly count: number;
  readonly close: () => void;
  readonly run: Run;
}) {
  const fields = type.fields.filter((field) => isEditable(field) && !['externalIds', 'id'].includes(field.name) && field.kind !== 'json');
  const [field, setField] = useState<FieldModel | undefined>();
  const [value, setValue] = useState<{ value: unknown; referred?: Row | null }>({ value: null });
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const items = fields.map((one) => ({ value: one.name, label: labelOf(type, one) }));
  const save = async () => {
    if (!field) return;
    const refused = await run({ set: inputOf(type, { [field.name]: value.value }) });
    if (refused) setRefusal(refused);
    else close();
  };
  return (
    <Dialog
      open
      close={close}
      title={t('bulk.edit')}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button look="primary" disabled={!field} onClick={() => void save()}>
            {t('bulk.run', { count })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field label={t('bulk.field')}>
          {({ id }) => (
            <Combobox
              id={id}
              value={items.find((item) => item.value === field?.name) ?? null}
              items={items}
              choose={(next) => {
                setField(fields.find((one) => one.name === next?.value));
                setValue({ value: null });
                setRefusal(undefined);
              }}
            />
          )}
        </Field>
        {field && (
          <Field label={t('bulk.to')} error={refusal && (saidOf(refusal, field.name) ?? sentenceOf(refusal, type))}>
            {({ id, describedBy, invalid }) => (
              <FieldEditor
                key={field.name}
                {...{ id, describedBy, invalid, type, field }}
                value={value.value}
                referred={value.referred}
                set={(next, more) => setValue({ value: next, referred: more?.referred })}
              />
            )}
          </Field>
        )}
      </div>
    </Dialog>
  );
}
