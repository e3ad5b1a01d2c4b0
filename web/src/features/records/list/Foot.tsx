import { cx } from '@/lib/classes';
import { formatNumber } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Skeleton } from '@/ui/Skeleton';
import type { Column } from './columns';
import styles from './Grid.module.css';

type Props = {
  readonly columns: readonly Column[];
  readonly lefts: readonly (number | undefined)[];
  readonly length: number;
  readonly total: number | undefined;
  readonly sums: Readonly<Record<string, string | null>>;
};

/** How many records there are, and the sums of columns that have some. */
export const Foot = ({ columns, lefts, length, total, sums }: Props) => (
  <div role="row" aria-rowindex={(total ?? length) + 2} className={cx(styles.row, styles.foot)}>
    <div role="presentation" className={cx(styles.cell, styles.check)} />
    {columns.map((column, i) => {
      const sum = sums[column.field.name];
      return (
        <div
          key={column.field.name}
          role="gridcell"
          aria-colindex={i + 2}
          className={cx(
            styles.cell,
            lefts[i] !== undefined && styles.pinned,
            lefts[i] !== undefined && lefts[i + 1] === undefined && styles.lastPinned,
            sum && styles.numeric,
          )}
          style={lefts[i] === undefined ? undefined : { left: lefts[i] }}
        >
          {i === 0 && total !== undefined && <span>{t('list.count', { count: total })}</span>}
          {sum && (
            <span className={styles.sum}>
              <span className={styles.sumLabel}>{t('list.sum')}</span>
              {formatNumber(sum)}
            </span>
          )}
        </div>
      );
    })}
  </div>
);

/** The place of a row that is still to come. */
export const Placeholder = ({ top, columns }: { readonly top: number; readonly columns: readonly Column[] }) => (
  <div className={styles.row} style={{ transform: `translateY(${top}px)` }} role="presentation">
    <span />
    {columns.map((column) => (
      <span key={column.field.name} className={styles.cell}>
        <Skeleton />
      </span>
    ))}
  </div>
);
