import { useDroppable } from '@dnd-kit/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import type { Lane } from './Board';
import styles from './StageTabs.module.css';

/** Where one column is shown at a time: which one, to go to another, and to put a card there. */
export function StageTabs({ lanes, scroller }: { readonly lanes: readonly Lane[]; readonly scroller: RefObject<HTMLDivElement | null> }) {
  const [at, setAt] = useState(0);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const look = () => setAt(Math.round(box.scrollLeft / Math.max(1, box.clientWidth)));
    box.addEventListener('scroll', look, { passive: true });
    return () => box.removeEventListener('scroll', look);
  }, [scroller]);
  return (
    <nav className={styles.tabs} aria-label={t('deal.stages')}>
      {lanes.map((lane, i) => (
        <Tab
          key={lane.stage.id}
          lane={lane}
          here={i === at}
          go={() => scroller.current?.scrollTo({ left: i * scroller.current.clientWidth, behavior: 'smooth' })}
        />
      ))}
    </nav>
  );
}

function Tab({ lane: { stage, sums }, here, go }: { readonly lane: Lane; readonly here: boolean; readonly go: () => void }) {
  const { setNodeRef, isOver } = useDroppable({ id: `tab ${stage.id}`, data: { stage } });
  const own = useRef<HTMLButtonElement | null>(null);
  useEffect(() => {
    if (here) own.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [here]);
  return (
    <button
      ref={(node) => {
        own.current = node;
        setNodeRef(node);
      }}
      type="button"
      aria-current={here || undefined}
      className={cx(styles.tab, here && styles.here, isOver && styles.over)}
      onClick={go}
    >
      <span className={styles.dot} style={{ background: stage.color ?? 'var(--line-strong)' }} aria-hidden />
      {stage.name}
      <span className={styles.count}>{sums.count}</span>
    </button>
  );
}
