import type { FormEvent } from 'react';
import type { RecordType } from '@/api/model';
import { Problems } from '@/features/Problems';
import { tellDone } from '@/features/records/change';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Section } from './Page';
import { type Editors, SetUpFields } from './SetUpFields';
import styles from './SetUpSection.module.css';
import { type Kept, useSetUp, type Values } from './useSetUp';

type Props = {
  readonly type: RecordType;
  readonly record: Kept & Values;
  readonly title?: string;
  readonly text?: string;
  readonly fields: readonly string[];
  readonly editors?: Editors;
  readonly help?: Readonly<Record<string, string>>;
  readonly plain?: boolean;
  readonly changed: () => void;
};

/**
 * Some fields of a record there is one of, edited where they are shown. It begins anew when these fields are others, and not when only the rest of the
 * record is: what was typed in one section outlives the saving of another.
 */
export const SetUpSection = (props: Props) => (
  <Section title={props.title} text={props.text}>
    <Form key={JSON.stringify([props.fields.map((name) => props.record[name]), !props.plain && props.record.custom])} {...props} />
  </Section>
);

function Form({ type, record, fields, editors, help, plain, changed }: Props) {
  const form = useSetUp({ type, record, fields, plain });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const done = await form.save();
    if (!done) return;
    tellDone(t('change.saved'), done.operation, changed);
    changed();
  };
  return (
    <form noValidate className={styles.form} onSubmit={(event) => void save(event)}>
      <Problems refusal={form.refusal} shown={form.shown.map((field) => field.name)} />
      <SetUpFields form={form} id={record.id} editors={editors} help={help} />
      <div className={styles.end}>
        <Button look="primary" type="submit" disabled={!form.isDirty || form.busy}>
          {t('save')}
        </Button>
        {form.isDirty && <Button onClick={form.reset}>{t('change.throwAway')}</Button>}
      </div>
    </form>
  );
}
