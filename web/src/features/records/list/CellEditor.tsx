import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Row, referredOf, valueIn } from '@/api/values';
import { labelOf } from '@/features/labels';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { usualCurrency } from '@/lib/money';
import { FieldEditor } from '../fields/FieldEditor';
import { kindOf } from '../fields/FieldValue';
import type { CellProps } from './Cell';
import styles from './Grid.module.css';
import { type Draft, endsBy, type Move } from './useCells';

type EditorProps = Omit<CellProps, 'isActive' | 'edges'> & {
  readonly typed?: string;
  /** What was entered before and is to be gone on with. */
  readonly draft?: Draft;
  readonly ends?: Move;
  readonly commit: (draft: Draft) => void;
  readonly leave: (move: Move) => void;
};

const asTyped = new Set(['text', 'longText', 'email', 'phone', 'url', 'number', 'integer', 'money', 'texts']);

/** The cell that is being edited: Enter and Tab save, Escape does not. */
export function CellEditor({ id, type, row, column, index, left, isLastPinned, typed, draft, ends, commit, leave }: EditorProps) {
  const { field } = column;
  // What was seen when the editing began: what others make of it since is a conflict.
  const [before] = useState<unknown>(draft ? draft.base : valueIn(row, field));
  const begun = typed !== undefined && asTyped.has(kindOf(field));
  const [value, setValue] = useState<unknown>(draft ? draft.value : begun ? begin(kindOf(field), typed, before) : before);
  const referred = useRef<Row | null | undefined>(draft?.referred);
  const done = useRef(false);
  const holder = useRef<HTMLDivElement>(null);
  // What does not take the focus by itself is given it: keys are for the editor now.
  useEffect(() => {
    const inside = holder.current;
    if (inside && !inside.contains(document.activeElement)) inside.querySelector<HTMLElement>('input,textarea,button')?.focus();
  }, []);

  const finish = (move: Move, last: unknown = value) => {
    if (done.current) return;
    done.current = true;
    if (JSON.stringify(last ?? null) !== JSON.stringify(before ?? null))
      commit({ value: last, base: before ?? null, referred: referred.current });
    leave(move);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once.
  useEffect(() => {
    if (ends) finish(ends);
  }, [ends]);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const move = endsBy(event);
    if (event.key === 'Escape') {
      done.current = true;
      leave('stay');
    } else if (move && !(event.key === 'Enter' && event.defaultPrevented)) finish(move);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={holder}
      id={id}
      role="gridcell"
      tabIndex={-1}
      aria-colindex={index + 2}
      className={cx(styles.cell, styles.editing, left !== undefined && styles.pinned, isLastPinned && styles.lastPinned)}
      style={left === undefined ? undefined : { left }}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        // A list that floats beside the input is part of the editor.
        const to = event.relatedTarget;
        if (!event.currentTarget.contains(to) && !(to instanceof Element && to.closest('[data-base-ui-portal],[role=listbox]')))
          finish('stay');
      }}
    >
      <FieldEditor
        type={type}
        field={field}
        label={t('list.edit', { label: labelOf(type, field) })}
        value={value}
        referred={referred.current === undefined ? referredOf(row, field) : referred.current}
        inCell
        typed={typed}
        set={(next, more) => {
          setValue(next);
          if (more && 'referred' in more) referred.current = more.referred;
          if (more?.final) finish('stay', next);
        }}
      />
    </div>
  );
}

// What was typed takes the place of the value.
function begin(kind: string, typed: string, before: unknown): unknown {
  if (kind === 'money') return { amount: typed, currency: (before as { currency?: string } | null)?.currency ?? usualCurrency };
  if (kind === 'texts') return [typed];
  return typed;
}
