import { type RecordType, useModel } from '@/api/model';
import { labelOf } from '@/features/labels';
import { FilterBuilder } from '@/features/records/filter/FilterBuilder';
import { t } from '@/lib/i18n/t';
import { Field, TextArea } from '@/ui/Field';
import { Select } from '@/ui/Select';
import type { Draft } from './customField';
import styles from './FieldPanel.module.css';

type Props = {
  readonly type: RecordType;
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly said: (name: string) => string | null;
};

/** What a field is computed from: written, or put together from its parts. */
export function ComputedEditor(props: Props) {
  const { draft, set, said } = props;
  if (draft.kind === 'rollUp') return <RollUp {...props} />;
  return (
    <Field label={t('set.formula')} required help={t('set.formulaHelp')} error={said('formula')}>
      {({ id, describedBy, invalid }) => (
        <TextArea
          id={id}
          rows={4}
          spellCheck={false}
          className={styles.code}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
          value={draft.formula ?? ''}
          onChange={({ target }) => set({ formula: target.value })}
        />
      )}
    </Field>
  );
}

const functions = ['count', 'sum', 'min', 'max', 'avg'] as const;
const summable = new Set(['integer', 'number', 'money', 'rating', 'date', 'instant']);

function RollUp({ type, draft, set, said }: Props) {
  const model = useModel();
  // Roll-ups are over records of the same service, where one query can count them.
  const lists = type.related.flatMap((one) => {
    const to = model.types.find(({ service, record }) => service === type.service && record === one.record);
    return to ? [{ value: one.name, label: one.name, to }] : [];
  });
  const to = lists.find((one) => one.value === draft.list)?.to;
  const fields = to?.fields.filter((field) => summable.has(field.gives ?? field.kind) && field.operators.length) ?? [];
  return (
    <>
      <Field label={t('set.rollUpOf')} required error={said('list')}>
        {({ id, describedBy, invalid }) => (
          <Select
            {...{ id, describedBy, invalid }}
            value={draft.list ?? null}
            options={lists}
            choose={(list) => set({ list, field: null, filter: null })}
          />
        )}
      </Field>
      <div className={styles.pair}>
        <Field label={t('set.function')} required error={said('function')}>
          {({ id, describedBy, invalid }) => (
            <Select
              {...{ id, describedBy, invalid }}
              value={(draft.function as (typeof functions)[number] | null) ?? null}
              options={functions.map((one) => ({ value: one, label: t(`set.function.${one}`) }))}
              choose={(next) => set({ function: next })}
            />
          )}
        </Field>
        {draft.function && draft.function !== 'count' && to && (
          <Field label={t('set.functionField')} required error={said('field')}>
            {({ id, describedBy, invalid }) => (
              <Select
                {...{ id, describedBy, invalid }}
                value={draft.field ?? null}
                options={fields.map((field) => ({ value: field.name, label: labelOf(to, field) }))}
                choose={(field) => set({ field })}
              />
            )}
          </Field>
        )}
      </div>
      {to && (
        <div className={styles.box}>
          <FilterBuilder
            key={to.plural}
            type={to}
            filter={draft.filter ?? ''}
            set={(filter) => set({ filter })}
            problem={said('filter') ?? undefined}
          />
        </div>
      )}
    </>
  );
}
