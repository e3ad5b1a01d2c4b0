import { memo } from 'react';
import { Link } from 'wouter';
import type { RecordType } from '@/api/model';
import { type Row, titleOf } from '@/api/values';
import { hasLetters, RecordMark } from '@/features/RecordMark';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { FieldValue } from '../fields/FieldValue';
import { alignsRight, type Column } from './columns';
import styles from './Grid.module.css';

export type CellProps = {
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
export const Cell = memo(function Cell({ id, type, row, column, index, left, isLastPinned, isActive, edges }: CellProps) {
  const { field } = column;
  const isTitle = field.name === type.title;
  const title = isTitle ? titleOf(type, row) || t('list.untitled') : '';
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
          {hasLetters(type) && <RecordMark type={type} id={row.id} title={title} />}
          <span className={styles.words}>{title}</span>
        </Link>
      ) : (
        <span className={styles.words}>
          <FieldValue type={type} field={field} row={row} inList />
        </span>
      )}
    </div>
  );
});
