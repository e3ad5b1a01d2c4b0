import { useRef, useState } from 'react';
import { createRecord, deleteRecord, editRecord, type Outcome } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { choiceLabel, labelOf } from '@/features/labels';
import { tellDone } from '@/features/records/change';
import { saidOf } from '@/features/refusals';
import { Panel } from '@/features/settings/frame/Panel';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Field, TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import { ofStage, type Stage } from '../stages';
import { ColorChoice } from './ColorChoice';
import { Toggle } from './PipelinePanel';
import styles from './Pipelines.module.css';
import { FieldNames, LinesField, NumberField } from './StageFields';

type Props = {
  readonly type: RecordType;
  readonly pipeline: string;
  readonly stage: Stage | undefined;
  readonly stages: readonly Stage[];
  readonly close: () => void;
  readonly changed: () => void;
};

type Values = Readonly<Record<(typeof ofStage)[number], unknown>>;

/** A stage: what it means, what a deal needs to be there, how long it may stay. */
export function StagePanel({ type, pipeline, stage, stages, close, changed }: Props) {
  const model = useModel();
  const deals = model.byPlural('deals');
  const before: Values = {
    name: stage?.name ?? '',
    type: stage?.type ?? 'open',
    probability: stage?.probability ?? 20,
    category: stage?.category ?? 'pipeline',
    color: stage?.color ?? null,
    requiredFields: stage?.requiredFields ?? [],
    checklist: stage?.checklist ?? [],
    maxAgeDays: stage?.maxAgeDays ?? null,
    roles: (stage?.roles as string[] | undefined) ?? [],
    archived: stage?.archived ?? false,
  };
  const [values, setValues] = useState(before);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  const changes = ofStage.filter((name) => JSON.stringify(values[name]) !== JSON.stringify(before[name]));
  const set = (name: (typeof ofStage)[number], value: unknown) => setValues((known) => ({ ...known, [name]: value }));
  const error = (name: string) => saidOf(refusal, name);
  const isOpen = values.type === 'open';
  const category = type.field('category');

  const save = async () => {
    setBusy(true);
    const outcome = await (stage ? change(stage) : enter());
    setBusy(false);
    if (!outcome) return close();
    if (!outcome.ok) {
      key.current = crypto.randomUUID();
      return setRefusal(outcome.refusal);
    }
    tellDone(stage ? t('change.saved') : t('change.created', { title: String(values.name) }), outcome.operation, changed);
    changed();
    close();
  };
  const change = (row: Stage): Promise<Outcome> | undefined => {
    if (!changes.length) return undefined;
    const pick = (from: Values) => Object.fromEntries(changes.map((name) => [name, from[name]]));
    return editRecord(model, type, { row, values: pick(values), base: pick(before) });
  };
  const enter = (): Promise<Outcome> => {
    // A new open stage comes before those in which deals end.
    const open = stages.filter((one) => one.type === 'open');
    const position =
      isOpen && open.length ? Math.max(...open.map((one) => one.position)) + 1 : Math.max(-1, ...stages.map((one) => one.position)) + 1;
    // What was left empty is not told: the service says what is needed, and has a usual value for the rest.
    const told = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => name !== 'archived' && value !== '' && value !== null),
    );
    return createRecord(model, type, { ...told, pipelineId: pipeline, position }, key.current);
  };
  const remove = async () => {
    if (!stage) return;
    const outcome = await deleteRecord(model, type, stage.id);
    if (!outcome.ok) return setRefusal(outcome.refusal);
    tellDone(t('change.deleted', { title: stage.name }), outcome.operation, changed);
    changed();
    close();
  };

  return (
    <Panel
      title={stage ? stage.name : t('pipe.newStage')}
      close={close}
      isDirty={changes.length > 0}
      busy={busy}
      save={save}
      refusal={refusal}
      shown={ofStage}
      extra={
        stage &&
        type.graph.delete && (
          <Button look="danger" onClick={remove}>
            {t('delete')}
          </Button>
        )
      }
    >
      <Field label={t('pipe.name')} required error={error('name')}>
        {({ id, describedBy, invalid }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            autoFocus={!stage}
            maxLength={100}
            value={String(values.name)}
            onChange={(event) => set('name', event.target.value)}
          />
        )}
      </Field>
      {!stage && (
        <Field label={t('pipe.type')} error={error('type')}>
          {(bound) => (
            <Select
              {...bound}
              value={String(values.type)}
              options={[
                { value: 'open', label: t('pipe.typeOpen') },
                { value: 'won', label: t('pipe.typeWon') },
                { value: 'lost', label: t('pipe.typeLost') },
              ]}
              choose={(next) => set('type', next)}
            />
          )}
        </Field>
      )}
      <Field label={t('pipe.color')} error={error('color')}>
        {({ id }) => <ColorChoice id={id} value={values.color as string | null} set={(color) => set('color', color)} />}
      </Field>
      {isOpen && (
        <div className={styles.pair}>
          <NumberField
            label={`${t('pipe.probability')} (%)`}
            value={values.probability}
            set={(next) => set('probability', next)}
            error={error('probability')}
          />
          <NumberField
            label={t('pipe.maxAgeDays')}
            value={values.maxAgeDays}
            set={(next) => set('maxAgeDays', next)}
            error={error('maxAgeDays')}
          />
        </div>
      )}
      {isOpen && category && (
        <Field label={labelOf(type, category)} error={error('category')}>
          {(bound) => (
            <Select
              {...bound}
              value={String(values.category)}
              options={(category.choices ?? [])
                .filter(({ value }) => value !== 'closed')
                .map(({ value }) => ({ value, label: choiceLabel(type, category, value) }))}
              choose={(next) => set('category', next)}
            />
          )}
        </Field>
      )}
      {deals && (
        <Field label={t('pipe.fields')} error={error('requiredFields')}>
          {({ id }) => (
            <FieldNames id={id} deals={deals} value={values.requiredFields as string[]} set={(next) => set('requiredFields', next)} />
          )}
        </Field>
      )}
      {isOpen && (
        <LinesField
          label={t('pipe.checklist')}
          help={t('pipe.checklistHelp')}
          value={values.checklist as string[]}
          set={(next) => set('checklist', next)}
          error={error('checklist')}
        />
      )}
      <LinesField
        label={t('pipe.roles')}
        help={t('pipe.rolesHelp')}
        value={values.roles as string[]}
        set={(next) => set('roles', next)}
        error={error('roles')}
      />
      {stage && (
        <Toggle
          label={t('pipe.archived')}
          help={t('pipe.archivedHelp')}
          checked={values.archived === true}
          set={(archived) => set('archived', archived)}
          error={error('archived')}
        />
      )}
    </Panel>
  );
}
