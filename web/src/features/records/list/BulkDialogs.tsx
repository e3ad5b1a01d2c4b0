import { useState } from 'react';
import { type FieldModel, isEditable, type RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { inputOf, type Row } from '@/api/values';
import { labelOf } from '@/features/labels';
import { saidOf, sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Combobox } from '@/ui/Combobox';
import { Dialog } from '@/ui/Dialog';
import { Field } from '@/ui/Field';
import { FieldEditor } from '../fields/FieldEditor';
import styles from './BulkBar.module.css';
import type { Run } from './useBulk';

type Props = { readonly type: RecordType; readonly count: number; readonly close: () => void; readonly run: Run };

/** One value for a field of all that are meant. */
export function EditDialog({ type, count, close, run }: Props) {
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

/** Tags that all that are meant get, or lose; their others stay. */
export function TagsDialog({ type, tags, count, close, run }: Props & { readonly tags: FieldModel }) {
  const [add, setAdd] = useState<readonly string[]>([]);
  const [remove, setRemove] = useState<readonly string[]>([]);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const both = add.find((tag) => remove.includes(tag));
  const save = async () => {
    const refused = await run({ ...(add.length && { addTags: [...add] }), ...(remove.length && { removeTags: [...remove] }) });
    if (refused) setRefusal(refused);
    else close();
  };
  const entry = (label: string, value: readonly string[], set: (next: readonly string[]) => void, error?: string) => (
    <Field label={label} error={error}>
      {({ id, describedBy, invalid }) => (
        <FieldEditor
          {...{ id, describedBy, invalid, type, field: tags }}
          value={value}
          set={(next) => {
            set((next as string[] | null) ?? []);
            setRefusal(undefined);
          }}
        />
      )}
    </Field>
  );
  return (
    <Dialog
      open
      close={close}
      title={t('bulk.tags')}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button look="primary" disabled={Boolean(both) || add.length + remove.length === 0} onClick={() => void save()}>
            {t('bulk.run', { count })}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!both && add.length + remove.length) void save();
        }}
      >
        {entry(t('bulk.addTags'), add, setAdd, refusal && sentenceOf(refusal))}
        {entry(t('bulk.removeTags'), remove, setRemove, both && t('bulk.bothTags', { tag: both }))}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
