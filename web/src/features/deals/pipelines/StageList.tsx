import { closestCenter, DndContext, PointerSensor, TouchSensor, useDraggable, useDroppable, useSensor, useSensors } from '@dnd-kit/core';
import GripVertical from 'lucide-react/icons/grip-vertical';
import { type KeyboardEvent, useState } from 'react';
import { useModel } from '@/api/model';
import { labelOf } from '@/features/labels';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { Badge, type Tone } from '@/ui/Badge';
import { moved } from '../lines/lines';
import type { Stage } from '../stages';
import styles from './Pipelines.module.css';

type Props = {
  readonly stages: readonly Stage[];
  readonly canEdit: boolean;
  readonly open: (stage: Stage) => void;
  readonly reorder: (stages: readonly Stage[]) => Promise<void>;
};

/** The stages in their order, which is changed by dragging, or by keyboard: Space takes a handle, arrows move it, Space puts it down, Escape takes it back. */
export function StageList({ stages, canEdit, open, reorder }: Props) {
  const [order, setOrder] = useState<readonly Stage[] | undefined>();
  const [lifted, lift] = useState<string | undefined>();
  const [said, say] = useState('');
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 200, tolerance: 8 } }),
  );
  const shown = order ?? stages;
  const put = async (wanted: readonly Stage[]) => {
    lift(undefined);
    if (wanted.some((stage, i) => stage.id !== stages[i]?.id)) await reorder(wanted);
    setOrder(undefined);
  };
  const onKeyDown = (event: KeyboardEvent, stage: Stage, at: number) => {
    const { key } = event;
    const by = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    const told = (place: number) => ({ stage: stage.name, place });
    if (key === ' ' && lifted === undefined) {
      lift(stage.id);
      setOrder(stages);
      say(t('pipe.said.lifted', told(at + 1)));
    } else if (lifted === stage.id && (key === ' ' || key === 'Enter')) {
      say(t('pipe.said.put', told(at + 1)));
      void put(shown);
    } else if (lifted === stage.id && key === 'Escape') {
      lift(undefined);
      setOrder(undefined);
      say(t('pipe.said.back', { stage: stage.name }));
    } else if (lifted === stage.id && by) {
      const next = moved(shown, at, at + by);
      setOrder(next);
      say(t('pipe.said.at', told(next.indexOf(stage) + 1)));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragStart={() => setOrder(stages)}
      onDragOver={({ active, over }) => {
        if (!over) return;
        const [from, to] = [active.id, over.id].map((id) => shown.findIndex((stage) => stage.id === id));
        if (from !== undefined && to !== undefined && from !== to && from >= 0 && to >= 0) setOrder(moved(shown, from, to));
      }}
      onDragCancel={() => setOrder(undefined)}
      onDragEnd={() => void put(shown)}
    >
      <ul className={styles.stages} aria-label={t('pipe.stages')}>
        {shown.map((stage, i) => (
          <StageRow
            key={stage.id}
            stage={stage}
            lifted={lifted === stage.id}
            canEdit={canEdit}
            open={() => open(stage)}
            onKeyDown={(event) => onKeyDown(event, stage, i)}
            leave={() => {
              if (lifted === stage.id) void put(shown);
            }}
          />
        ))}
      </ul>
      <p className="unseen" role="status" aria-live="assertive">
        {said}
      </p>
    </DndContext>
  );
}

const tones: Readonly<Record<Stage['type'], Tone>> = { open: 'neutral', won: 'success', lost: 'danger' };

type RowProps = {
  readonly stage: Stage;
  readonly lifted: boolean;
  readonly canEdit: boolean;
  readonly open: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly leave: () => void;
};

function StageRow({ stage, lifted, canEdit, open, onKeyDown, leave }: RowProps) {
  const deals = useModel().byPlural('deals');
  const drag = useDraggable({ id: stage.id, disabled: !canEdit });
  const drop = useDroppable({ id: stage.id });
  const needs = stage.requiredFields.map((name) => {
    const field = deals?.field(name);
    return field && deals ? labelOf(deals, field) : name;
  });
  const kind = deals?.field('status');
  return (
    <li ref={drop.setNodeRef} className={cx(styles.stage, (lifted || drag.isDragging) && styles.lifted, stage.archived && styles.faint)}>
      {canEdit && (
        <button
          ref={drag.setNodeRef}
          type="button"
          className={styles.grip}
          aria-label={t('pipe.move', { stage: stage.name })}
          aria-pressed={lifted}
          onKeyDown={onKeyDown}
          onBlur={leave}
          onPointerDown={drag.listeners?.onPointerDown as React.PointerEventHandler | undefined}
          onTouchStart={drag.listeners?.onTouchStart as React.TouchEventHandler | undefined}
        >
          <GripVertical size={15} aria-hidden />
        </button>
      )}
      <span className={styles.dot} style={{ background: stage.color ?? 'var(--line-strong)' }} aria-hidden />
      <span className={styles.titles}>
        <button type="button" className={styles.name} onClick={open} disabled={!canEdit}>
          {stage.name}
        </button>
        <span className={styles.facts}>
          {[
            stage.type === 'open' && `${stage.probability}%`,
            stage.maxAgeDays && `${t('pipe.days')} ${t('deal.days', { count: stage.maxAgeDays })}`,
            needs.length > 0 && `${t('pipe.needs')} ${needs.join(', ')}`,
            stage.checklist.length > 0 && `${t('pipe.checks')}: ${stage.checklist.length}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {stage.archived && <Badge>{t('pipe.archived')}</Badge>}
      {stage.type !== 'open' && (
        <Badge tone={tones[stage.type]}>{kind?.choices?.find(({ value }) => value === stage.type)?.label ?? stage.type}</Badge>
      )}
    </li>
  );
}
