import type { ReactNode } from 'react';
import type { RecordType } from '@/api/model';
import { type Row, titleOf } from '@/api/values';
import { oneOf } from '@/features/labels';
import { tellDone } from '@/features/records/change';
import { t } from '@/lib/i18n/t';
import { Panel } from './Panel';
import { type Editors, SetUpFields } from './SetUpFields';
import { type SetUp, useSetUp, type Values } from './useSetUp';

type Props = {
  readonly type: RecordType;
  readonly record: Row | undefined;
  readonly title: string;
  readonly fields: readonly string[];
  readonly begin?: Values;
  readonly editors?: Editors;
  readonly help?: Readonly<Record<string, string>>;
  readonly saveLabel?: string;
  readonly extra?: ReactNode;
  readonly close: () => void;
  readonly changed: () => void;
  /** Something comes after a new one: its secret. Where nothing does, the panel closes. */
  readonly made?: (record: Row) => void;
  /** What is said of it as it is entered. */
  readonly below?: (form: SetUp, record: Row | undefined) => ReactNode;
};

/** A record of the settings, entered or changed beside its list. */
export function SetUpPanel(props: Props) {
  const { type, record, title, fields, begin, editors, help, saveLabel, extra, close, changed, made, below } = props;
  const form = useSetUp({ type, record, fields, begin });
  const save = async () => {
    const done = await form.save();
    if (!done) return;
    const name = (done.row && titleOf(type, done.row)) || oneOf(type);
    if (done.operation) tellDone(t(record ? 'set.savedIt' : 'change.created', { title: name }), done.operation, changed);
    changed();
    if (!record && done.row && made) made(done.row);
    else close();
  };
  return (
    <Panel
      title={title}
      close={close}
      isDirty={form.isDirty}
      busy={form.busy}
      save={() => void save()}
      saveLabel={saveLabel ?? (record ? t('save') : t('create'))}
      refusal={form.refusal}
      shown={form.shown.map((field) => field.name)}
      extra={extra}
    >
      <SetUpFields form={form} editors={editors} help={help} />
      {below?.(form, record)}
    </Panel>
  );
}
