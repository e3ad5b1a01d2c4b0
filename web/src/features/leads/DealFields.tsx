import { type ReactNode, useState } from 'react';
import type { RecordType } from '@/api/model';
import type { Row } from '@/api/values';
import { labelOf } from '@/features/labels';
import { FieldEditor } from '@/features/records/fields/FieldEditor';
import { t } from '@/lib/i18n/t';
import { Field } from '@/ui/Field';
import { Switch } from '@/ui/Switch';
import styles from './ConvertDialog.module.css';

export type Deal = Readonly<Record<string, unknown>>;

type Props = {
  readonly type: RecordType;
  readonly row: Row;
  /** What it is called where nothing is said. */
  readonly name: string;
  /** None is to be entered where nothing is said. */
  readonly deal: Deal | undefined;
  readonly set: (deal: Deal | undefined) => void;
  readonly children: ReactNode;
};

const asked = ['name', 'amount', 'pipelineId'];

/** Whether a deal is entered, too, and what is said of it. */
export function DealFields({ type, row, name, deal, set, children }: Props) {
  const [pipeline, setPipeline] = useState<Row | null | undefined>();
  const helpOf = (field: string) =>
    field === 'name' ? t('convert.dealName', { title: name }) : field === 'pipelineId' ? t('convert.dealPipeline') : null;
  return (
    <section className={styles.deal}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is one. */}
      <label className={styles.switch}>
        <Switch label={t('convert.deal')} checked={deal !== undefined} set={(on) => set(on ? {} : undefined)} />
        {t('convert.deal')}
      </label>
      {deal && (
        <>
          <div className={styles.dealFields}>
            {asked
              .flatMap((one) => type.field(one) ?? [])
              .map((field) => (
                <Field key={field.name} label={labelOf(type, field)} help={helpOf(field.name)}>
                  {(bound) => (
                    <FieldEditor
                      {...bound}
                      type={type}
                      field={field}
                      value={deal[field.name] ?? (field.name === 'amount' ? row.estimatedAmount : null) ?? null}
                      referred={pipeline}
                      set={(value, more) => {
                        set({ ...deal, [field.name]: value });
                        if (more && 'referred' in more) setPipeline(more.referred);
                      }}
                    />
                  )}
                </Field>
              ))}
          </div>
          {children}
        </>
      )}
    </section>
  );
}
