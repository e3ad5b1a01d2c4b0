import { useDroppable } from '@dnd-kit/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef } from 'react';
import type { RecordType } from '@/api/model';
import type { Row } from '@/api/values';
import { cx } from '@/lib/classes';
import { formatCount } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { formatShort, formatSum } from '../amounts';
import type { Stage } from '../stages';
import type { Lane as LaneOf, Sums } from './Board';
import { Card } from './Card';
import styles from './Lane.module.css';

const cardHeight = 124;
const gap = 8;

type Props = {
  readonly type: RecordType;
  readonly lane: LaneOf;
  readonly at: number;
  readonly currency: string;
  readonly stages: readonly Stage[];
  /** Where the keyboard is, if it is in this column. */
  readonly current: number | undefined;
  readonly chosen: string | undefined;
  readonly carried: string | undefined;
  /** What is carried by keyboard would be put down here. */
  readonly target: boolean;
  readonly canMove: boolean;
  readonly more: (stage: string) => void;
  readonly open: (row: Row) => void;
  readonly move: (row: Row, to: Stage) => void;
};

/** A stage: what its deals come to, and as many of their cards as are in sight. */
export const Lane = memo(function Lane({
  type,
  lane,
  at,
  currency,
  stages,
  current,
  chosen,
  carried,
  target,
  canMove,
  more,
  open,
  move,
}: Props) {
  const { stage, sums, cards } = lane;
  const { setNodeRef, isOver, active } = useDroppable({ id: stage.id, data: { stage } });
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeight + gap,
    getItemKey: (i) => cards[i]?.id ?? i,
    overscan: 4,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lane.more && last >= cards.length - 8) more(stage.id);
  }, [last, cards.length, lane.more, more, stage.id]);
  // A card that the keyboard goes to is brought into sight before it gets the focus.
  useEffect(() => {
    if (current !== undefined) virtual.scrollToIndex(current);
  }, [current, virtual]);
  const targets = useMemo(() => stages.filter((one) => one.id !== stage.id && !one.archived), [stages, stage.id]);
  // Tab leads into each column: to the card the keyboard was at, or to the first one in sight.
  const tabbable = current ?? items[0]?.index;
  const comes = target || (isOver && (active?.data.current?.stage as Stage | undefined)?.id !== stage.id);
  return (
    <section ref={setNodeRef} className={cx(styles.lane, comes && styles.over)} aria-label={stage.name} data-lane={stage.id}>
      <header className={styles.head}>
        <span className={styles.dot} style={{ background: stage.color ?? 'var(--line-strong)' }} aria-hidden />
        <h2 className={styles.title}>{stage.name}</h2>
        <span className={styles.count}>{formatCount(sums.count)}</span>
        <SumOf sums={sums} currency={currency} />
      </header>
      <div ref={scroller} className={styles.cards}>
        <ul className={styles.list} style={{ height: virtual.getTotalSize() }} aria-label={t('deal.cardsOf', { stage: stage.name })}>
          {items.map((item) => {
            const row = cards[item.index];
            if (!row) return null;
            return (
              <li key={item.key} className={styles.place} style={{ transform: `translateY(${item.start}px)` }}>
                <Card
                  type={type}
                  row={row}
                  stage={stage}
                  at={`${at}.${item.index}`}
                  current={tabbable === item.index}
                  chosen={chosen === row.id}
                  carried={carried === row.id}
                  targets={targets}
                  open={open}
                  move={move}
                  canMove={canMove}
                />
              </li>
            );
          })}
        </ul>
        {cards.length === 0 && <p className={styles.none}>{t('deal.noneHere')}</p>}
      </div>
    </section>
  );
});

/** What is converted, in few signs; each currency, and what has no rate, where the pointer rests. */
function SumOf({ sums, currency }: { readonly sums: Sums; readonly currency: string }) {
  if (sums.converted === null) return null;
  const parts = [
    ...(sums.amounts ?? []).map((one) => formatSum(one.amount, one.currency)),
    ...(sums.weighted !== null ? [t('deal.weighted', { amount: formatSum(sums.weighted, currency) })] : []),
    ...(sums.withoutRate ? [t('deal.withoutRate', { count: sums.withoutRate })] : []),
  ];
  return (
    <span className={styles.sum} title={parts.join('\n')}>
      {formatShort(sums.converted, currency)}
      {sums.withoutRate ? '*' : ''}
    </span>
  );
}
