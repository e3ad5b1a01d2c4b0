import type { ReactNode } from 'react';
import type { RecordType } from '@/api/model';
import { oneOf } from '@/features/labels';
import { tellDone } from '@/features/records/change';
import { t } from '@/lib/i18n/t';
import { Panel } from './Panel';
import { type Editors, SetUpFields } from './SetUpFields';
import { type Kept, useSetUp, type Values } from './useSetUp';

type Props = {
  readonly type: RecordType;
  readonly record: (Kept & Values) | undefined;
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
  readonly made?: (record: Kept & Values) => void;
  readonly children?: ReactNode;
};

/** A record of the settings, entered or changed beside its list. */
export function SetUpPanel(props: Props) {
  const { type, record, title, fields, begin, editors, help, saveLabel, extra, close, changed, made, children } = props;
  const form = useSetUp({ type, record, fields, begin });
  const save = async () => {
    const done = await form.save();
    if (!done) return;
    const name = String(done.record.name ?? done.record.title ?? oneOf(type));
    if (done.operation) tellDone(t(record ? 'set.savedIt' : 'change.created', { title: name }), done.operation, changed);
    changed();
    if (!record && made) made(done.record);
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
      {children}
      <SetUpFields form={form} id={record?.id} editors={editors} help={help} />
    </Panel>
  );
}
