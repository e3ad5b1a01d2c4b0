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
import { useSetUp, type Values } from './useSetUp';

type Props = {
  readonly type: RecordType;
  readonly record: Row | undefined;
  readonly title?: string;
  readonly text?: string;
  readonly fields: readonly string[];
  readonly begin?: Values;
  readonly editors?: Editors;
  readonly help?: Readonly<Record<string, string>>;
  readonly plain?: boolean;
  /** Something else follows from it. */
  readonly changed?: () => void;
  /** There was none before. */
  readonly made?: (record: Row) => void;
};

/** Some fields of a record there is one of, edited where they are shown. Nobody leaves what they have not saved unasked. */
export function SetUpSection({ type, record, title, text, fields, begin, editors, help, plain, changed, made }: Props) {
  const form = useSetUp({ type, record, fields, begin, plain });
  useUnsaved(form.isDirty);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const done = await form.save();
    if (!done) return;
    tellDone(t('change.saved'), done.operation, changed);
    changed?.();
    if (!record && done.row) made?.(done.row);
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
