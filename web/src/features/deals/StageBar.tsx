import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { type RecordType, useModel } from '@/api/model';
import type { Row } from '@/api/values';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { Skeleton } from '@/ui/Skeleton';
import { DealStaysDocument, type DealStaysQuery } from './graph';
import { useMove } from './move/useMove';
import styles from './StageBar.module.css';
import { agingOf, type Stage, usePipelines } from './stages';

/** The stages of a deal's pipeline in a line: where it is, how long it has been in each, and where it can go. */
export function StageBar({ type, row }: { readonly type: RecordType; readonly row: Row }) {
  const model = useModel();
  const { stagesOf, fetching } = usePipelines();
  const [{ data }, readStays] = useQuery({
    query: DealStaysDocument,
    variables: useMemo(() => ({ id: row.id }), [row.id]),
    pause: !model.slices.has('readStays'),
    requestPolicy: 'cache-and-network',
  });
  const again = useCallback(() => readStays({ requestPolicy: 'network-only' }), [readStays]);
  // Whoever has moved it: it has been somewhere since.
  const entered = useRef(row.stageEnteredAt);
  useEffect(() => {
    if (entered.current !== row.stageEnteredAt) again();
    entered.current = row.stageEnteredAt;
  }, [row.stageEnteredAt, again]);
  const { move, dialog } = useMove(type, again);
  const [going, setGoing] = useState<string | undefined>();
  const stages = stagesOf(row.pipelineId as string | null).filter((stage) => !stage.archived || stage.id === row.stageId);
  const days = useDaysByStage(data?.deal?.stays);
  const at = stages.findIndex((stage) => stage.id === (going ?? row.stageId));
  const current = stages[at];
  const mayMove = model.slices.has('moveDeal');

  const go = async (to: Stage) => {
    const from = stages.find((stage) => stage.id === row.stageId);
    if (!from || from.id === to.id || going) return;
    setGoing(to.id);
    await move({ deal: row, from, to });
    setGoing(undefined);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLOListElement>) => {
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const here = buttons.indexOf(event.target as HTMLButtonElement);
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!by || here < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    buttons[here + by]?.focus();
  };

  if (!stages.length)
    return fetching ? (
      <div className={styles.bar}>
        <Skeleton width="100%" height={32} />
      </div>
    ) : null;
  return (
    <nav className={styles.bar} aria-label={t('deal.stages')}>
      <ol className={styles.line} onKeyDown={onKeyDown}>
        {stages.map((stage, i) => {
          const stayed = days.get(stage.id);
          const isHere = i === at;
          const state = isHere
            ? stage.type === 'won'
              ? styles.won
              : stage.type === 'lost'
                ? styles.lost
                : styles.here
            : i < at && current?.type !== 'lost'
              ? styles.past
              : undefined;
          return (
            <li key={stage.id} className={styles.item}>
              <button
                type="button"
                className={cx(styles.step, state, isHere && styles[agingOf(stayed ?? 0, stage)])}
                aria-current={isHere ? 'step' : undefined}
                aria-disabled={!mayMove || isHere || undefined}
                tabIndex={isHere || (at < 0 && i === 0) ? 0 : -1}
                title={stayed === undefined ? undefined : t('deal.stayed', { stage: stage.name, days: t('deal.days', { count: stayed }) })}
                onClick={() => mayMove && void go(stage)}
              >
                <span className={styles.name}>{stage.name}</span>
                {stayed !== undefined && <span className={styles.days}>{t('deal.daysShort', { count: stayed })}</span>}
              </button>
            </li>
          );
        })}
      </ol>
      {dialog}
    </nav>
  );
}

type Stays = NonNullable<DealStaysQuery['deal']>['stays'];

// A deal may have been in a stage several times.
function useDaysByStage(stays: Stays | undefined): ReadonlyMap<string, number> {
  return useMemo(() => {
    const days = new Map<string, number>();
    for (const stay of stays ?? []) days.set(stay.stageId, (days.get(stay.stageId) ?? 0) + Number(stay.days));
    return new Map([...days].map(([stage, sum]) => [stage, Math.floor(sum)]));
  }, [stays]);
}
