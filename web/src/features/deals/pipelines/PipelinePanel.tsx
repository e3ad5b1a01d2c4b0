import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { createRecord, deleteRecord, editRecord } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { tellDone } from '@/features/records/change';
import { saidOf } from '@/features/refusals';
import { Panel } from '@/features/settings/frame/Panel';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Field, TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { type Pipeline, type Stage, usePipelines } from '../stages';
import styles from './Pipelines.module.css';

type Props = { readonly type: RecordType; readonly pipeline?: Pipeline; readonly close: () => void; readonly changed: () => void };

/** A pipeline itself: its name, whether it is the usual one. A new one begins with stages, so that deals can come in. */
export function PipelinePanel({ type, pipeline, close, changed }: Props) {
  const model = useModel();
  const [, go] = useLocation();
  const { pipelines, stagesOf } = usePipelines();
  const before = { name: pipeline?.name ?? '', isDefault: pipeline?.isDefault ?? false, archived: pipeline?.archived ?? false };
  const [values, setValues] = useState(before);
  const [like, setLike] = useState<string | null>(pipelines[0]?.id ?? null);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  // What was entered by a first try is not entered twice.
  const made = useRef<string | undefined>(undefined);
  const isDirty = JSON.stringify(values) !== JSON.stringify(before);

  const save = async () => {
    setBusy(true);
    const refused = pipeline ? await change(pipeline) : await enter();
    setBusy(false);
    if (refused) return setRefusal(refused);
    changed();
    close();
  };
  const change = async (row: Pipeline) => {
    const changes = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== before[name as keyof typeof before]));
    const base = Object.fromEntries(Object.keys(changes).map((name) => [name, before[name as keyof typeof before]]));
    const outcome = await editRecord(model, type, { row, values: changes, base });
    if (!outcome.ok) return outcome.refusal;
    tellDone(t('change.saved'), outcome.operation, changed);
  };
  const enter = async () => {
    if (!made.current) {
      const outcome = await createRecord(
        model,
        type,
        { ...(values.name && { name: values.name }), isDefault: values.isDefault },
        key.current,
      );
      if (!outcome.ok) {
        key.current = crypto.randomUUID();
        return outcome.refusal;
      }
      made.current = outcome.row?.id;
      tellDone(t('change.created', { title: values.name }), outcome.operation, changed);
    }
    const stageType = model.byPlural('stages');
    const id = made.current;
    if (!stageType || !id) return;
    for (const stage of like ? stagesOf(like).map(asNew) : ends())
      await createRecord(model, stageType, { ...stage, pipelineId: id }, `${key.current} ${stage.position}`);
    go(`/settings/pipelines/${id}`);
  };
  const remove = async () => {
    if (!pipeline) return;
    const outcome = await deleteRecord(model, type, pipeline.id);
    if (!outcome.ok) return setRefusal(outcome.refusal);
    tellDone(t('change.deleted', { title: pipeline.name }), outcome.operation, changed);
    changed();
    go('/settings/pipelines');
  };

  return (
    <Panel
      title={pipeline ? t('pipe.edit') : t('pipe.new')}
      close={close}
      isDirty={isDirty}
      busy={busy}
      save={save}
      refusal={refusal}
      shown={['name', 'isDefault', 'archived']}
      extra={
        pipeline &&
        type.graph.delete && (
          <Button look="danger" onClick={remove}>
            {t('delete')}
          </Button>
        )
      }
    >
      <Field label={t('pipe.name')} required error={saidOf(refusal, 'name')}>
        {({ id, describedBy, invalid }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            autoFocus
            maxLength={100}
            value={values.name}
            onChange={(event) => setValues({ ...values, name: event.target.value })}
          />
        )}
      </Field>
      {!pipeline && (
        <Field label={t('pipe.like')}>
          {(bound) => (
            <Select
              {...bound}
              value={like}
              none={t('pipe.likeNone')}
              options={pipelines.map((one) => ({ value: one.id, label: one.name }))}
              choose={setLike}
            />
          )}
        </Field>
      )}
      <Toggle
        label={t('pipe.isDefault')}
        checked={values.isDefault}
        disabled={before.isDefault}
        set={(isDefault) => setValues({ ...values, isDefault })}
        error={saidOf(refusal, 'isDefault')}
      />
      {pipeline && (
        <Toggle
          label={t('pipe.archived')}
          help={t('pipe.archivedHelp')}
          checked={values.archived}
          set={(archived) => setValues({ ...values, archived })}
          error={saidOf(refusal, 'archived')}
        />
      )}
    </Panel>
  );
}

const asNew = (stage: Stage) => ({
  name: stage.name,
  position: stage.position,
  type: stage.type,
  probability: stage.probability,
  category: stage.category,
  color: stage.color,
  requiredFields: stage.requiredFields,
  checklist: stage.checklist,
  maxAgeDays: stage.maxAgeDays,
});

const ends = () => [
  { name: t('pipe.won'), position: 0, type: 'won', color: '#27ae60' },
  { name: t('pipe.lost'), position: 1, type: 'lost', color: '#eb5757' },
];

type ToggleProps = {
  readonly label: string;
  readonly help?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly set: (on: boolean) => void;
  readonly error?: string | null;
};

export const Toggle = ({ label, help, checked, disabled, set, error }: ToggleProps) => (
  <div className={styles.toggle}>
    {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is one. */}
    <label className={styles.toggleLine}>
      <Switch label={label} checked={checked} disabled={disabled} set={set} />
      {label}
    </label>
    {(help || error) && <p className={error ? styles.bad : styles.help}>{error ?? help}</p>}
  </div>
);
