import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { RecordType } from '@/api/model';
import { type Row, referredOf, titleOf, valueIn } from '@/api/values';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { usualCurrency } from '@/lib/money';
import { FieldEditor } from '../fields/FieldEditor';
import { FieldValue, kindOf } from '../fields/FieldValue';
import { alignsRight, type Column } from './columns';
import styles from './Grid.module.css';
import type { Draft, Move } from './useCells';

type Props = {
  readonly id: string;
  readonly type: RecordType;
  readonly row: Row;
  readonly column: Column;
  readonly index: number;
  readonly left: number | undefined;
  readonly isLastPinned: boolean;
  readonly isActive: boolean;
  /** Where it is in the rectangle that is chosen: see `edgesAt`. */
  readonly edges: number;
};

/** Sides of the rectangle that is chosen. */
const sides = (edges: number) =>
  edges
    ? cx(
        styles.chosen,
        Boolean(edges & 1) && styles.atTop,
        Boolean(edges & 2) && styles.atRight,
        Boolean(edges & 4) && styles.atBottom,
        Boolean(edges & 8) && styles.atLeft,
      )
    : undefined;

/** A field of a row. The title leads to the record. */
export const Cell = memo(function Cell({ id, type, row, column, index, left, isLastPinned, isActive, edges }: Props) {
  const { field } = column;
  const isTitle = field.name === type.title;
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={index + 2}
      data-column={index}
      aria-selected={edges ? true : undefined}
      className={cx(
        styles.cell,
        alignsRight(field) && styles.numeric,
        left !== undefined && styles.pinned,
        isLastPinned && styles.lastPinned,
        isActive && styles.active,
        sides(edges),
      )}
      style={left === undefined ? undefined : { left }}
    >
      {isTitle ? (
        <Link href={`/${type.plural}/${row.id}`} tabIndex={-1} draggable={false} className={styles.title}>
          {titleOf(type, row) || t('list.untitled')}
        </Link>
      ) : (
        <span className={styles.words}>
          <FieldValue type={type} field={field} row={row} inList />
        </span>
      )}
    </div>
  );
});

type EditorProps = Omit<Props, 'isActive' | 'edges'> & {
  readonly typed?: string;
  /** What was entered before and is to be gone on with. */
  readonly draft?: Draft;
  readonly commit: (draft: Draft) => void;
  readonly leave: (move: Move) => void;
};

const asTyped = new Set(['text', 'longText', 'email', 'phone', 'url', 'number', 'integer', 'money', 'texts']);

/** The cell that is being edited: Enter and Tab save, Escape does not. */
export function CellEditor({ id, type, row, column, index, left, isLastPinned, typed, draft, commit, leave }: EditorProps) {
  const { field } = column;
  // What was seen when the editing began: what others make of it since is a conflict.
  const [before] = useState<unknown>(draft ? draft.base : valueIn(row, field));
  const begun = typed !== undefined && asTyped.has(kindOf(field));
  const [value, setValue] = useState<unknown>(draft ? draft.value : begun ? begin(kindOf(field), typed, before) : before);
  const referred = useRef<Row | null | undefined>(draft?.referred);
  const done = useRef(false);

  const finish = (move: Move, last: unknown = value) => {
    if (done.current) return;
    done.current = true;
    if (JSON.stringify(last ?? null) !== JSON.stringify(before ?? null))
      commit({ value: last, base: before ?? null, referred: referred.current });
    leave(move);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      done.current = true;
      leave('stay');
    } else if (event.key === 'Enter' && !event.shiftKey && !event.defaultPrevented) finish('down');
    else if (event.key === 'Tab') finish(event.shiftKey ? 'previous' : 'next');
    else return;
    event.preventDefault();
  };

  return (
    <div
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
        label={t('list.edit', { label: field.label })}
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
