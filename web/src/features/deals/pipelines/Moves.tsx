import { useState } from 'react';
import { editRecord } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { withoutTypes } from '@/api/values';
import { Problems } from '@/features/Problems';
import { tellDone } from '@/features/records/change';
import { Section } from '@/features/settings/frame/Page';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Switch } from '@/ui/Switch';
import type { Pipeline, Stage } from '../stages';
import { MoveMatrix } from './MoveMatrix';
import styles from './Moves.module.css';
import { type Allowed, type Cells, cellsOf, columnsOf, movesOf, rowsOf } from './moves';

type Props = { readonly type: RecordType; readonly pipeline: Pipeline; readonly stages: readonly Stage[]; readonly changed: () => void };

/** Which moves a pipeline allows: all, or certain ones. What was changed is saved together. */
export function Moves({ type, pipeline, stages, changed }: Props) {
  const model = useModel();
  const before = withoutTypes(pipeline.moves ?? []) as readonly Allowed[];
  const [draft, setDraft] = useState<Cells | 'free' | undefined>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [busy, setBusy] = useState(false);
  const canEdit = Boolean(type.graph.update) && type.field('moves')?.graph.input === true;
  const isFree = draft === 'free' || (draft === undefined && before.length === 0);
  const cells = draft === undefined || draft === 'free' ? cellsOf(before, stages) : draft;
  const wanted = isFree ? [] : movesOf(cells, before, stages);
  // None said is all of them: that none is allowed cannot be said.
  const isNone = !isFree && cells.size === 0;
  const end = () => {
    setDraft(undefined);
    setRefusal(undefined);
  };
  const save = async () => {
    setBusy(true);
    const outcome = await editRecord(model, type, { row: pipeline, values: { moves: wanted }, base: { moves: before } });
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome.refusal);
    tellDone(t('change.saved'), outcome.operation, changed);
    end();
    changed();
  };
  return (
    <Section title={t('pipe.moves')} text={isFree ? t('pipe.movesFree') : t('pipe.movesText')}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is one. */}
      <label className={styles.switch}>
        <Switch
          label={t('pipe.movesOnly')}
          checked={!isFree}
          disabled={!canEdit}
          set={(on) => setDraft(on ? (before.length ? undefined : cellsOf([], stages)) : before.length ? 'free' : undefined)}
        />
        {t('pipe.movesOnly')}
      </label>
      <Problems refusal={refusal} type={type} />
      {!isFree && <MoveMatrix rows={rowsOf(before, stages)} columns={columnsOf(stages)} cells={cells} readOnly={!canEdit} set={setDraft} />}
      {isNone && (
        <p className={styles.none} role="alert">
          {t('pipe.movesNone')}
        </p>
      )}
      {draft !== undefined && (
        <div className={styles.end}>
          <Button onClick={end}>{t('change.throwAway')}</Button>
          <Button look="primary" disabled={busy || isNone || JSON.stringify(wanted) === JSON.stringify(before)} onClick={() => void save()}>
            {t('save')}
          </Button>
        </div>
      )}
    </Section>
  );
}
