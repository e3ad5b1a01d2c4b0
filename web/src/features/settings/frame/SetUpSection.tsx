import type { FormEvent } from 'react';
import type { RecordType } from '@/api/model';
import type { Row } from '@/api/values';
import { Problems } from '@/features/Problems';
import { tellDone } from '@/features/records/change';
import { t } from '@/lib/i18n/t';
import { useUnsaved } from '@/lib/leaving';
import { Button } from '@/ui/Button';
import { Section } from './Page';
import { type Editors, SetUpFields } from './SetUpFields';
import styles from './SetUpSection.module.css';
import { useSetUp } from './useSetUp';

type Props = {
  readonly type: RecordType;
  readonly record: Row;
  readonly title?: string;
  readonly text?: string;
  readonly fields: readonly string[];
  readonly editors?: Editors;
  readonly help?: Readonly<Record<string, string>>;
  readonly plain?: boolean;
  /** Something else follows from it. */
  readonly changed?: () => void;
};

/** Some fields of a record there is one of, edited where they are shown. Nobody leaves what they have not saved unasked. */
export function SetUpSection({ type, record, title, text, fields, editors, help, plain, changed }: Props) {
  const form = useSetUp({ type, record, fields, plain });
  useUnsaved(form.isDirty);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const done = await form.save();
    if (!done) return;
    tellDone(t('change.saved'), done.operation, changed);
    changed?.();
  };
  return (
    <Section title={title} text={text}>
      <form noValidate className={styles.form} onSubmit={(event) => void save(event)}>
        <Problems refusal={form.refusal} shown={form.shown.map((field) => field.name)} />
        <SetUpFields form={form} editors={editors} help={help} />
        <div className={styles.end}>
          <Button look="primary" type="submit" disabled={!form.isDirty || form.busy}>
            {t('save')}
          </Button>
          {form.isDirty && <Button onClick={form.reset}>{t('change.throwAway')}</Button>}
        </div>
      </form>
    </Section>
  );
}
