import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { cx } from '@/lib/classes';
import { FramedTable } from '@/ui/FramedTable';
import styles from './Table.module.css';

export type Column = {
  readonly label: string;
  readonly numeric?: boolean;
  /** Left out where there is no room for it. */
  readonly wideOnly?: boolean;
};

export type TableRow = {
  readonly key: string;
  /** What the row is; the first cell. Chosen, it opens what the row is about. */
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly icon?: ReactNode;
  readonly href?: string;
  readonly open?: () => void;
  readonly cells: readonly ReactNode[];
  readonly actions?: ReactNode;
  readonly faint?: boolean;
};

type Props = { readonly label: string; readonly first: string; readonly columns: readonly Column[]; readonly rows: readonly TableRow[] };

/** Some things with what is to be said of each. */
export function Table({ label, first, columns, rows }: Props) {
  const hasActions = rows.some((row) => row.actions);
  return (
    <FramedTable className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {columns.map((column) => (
            <th key={column.label} scope="col" className={cx(column.numeric && styles.numeric, column.wideOnly && styles.wideOnly)}>
              {column.label}
            </th>
          ))}
          {hasActions && <td />}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className={cx((row.href || row.open) && styles.opens, row.faint && styles.faint)}>
            <th scope="row">
              <span className={styles.first}>
                {row.icon}
                <span className={styles.words}>
                  <Title row={row} />
                  {row.detail && <span className={styles.detail}>{row.detail}</span>}
                </span>
              </span>
            </th>
            {row.cells.map((cell, i) => (
              <td key={columns[i]?.label} className={cx(columns[i]?.numeric && styles.numeric, columns[i]?.wideOnly && styles.wideOnly)}>
                {cell}
              </td>
            ))}
            {hasActions && <td className={styles.actions}>{row.actions}</td>}
          </tr>
        ))}
      </tbody>
    </FramedTable>
  );
}

function Title({ row }: { readonly row: TableRow }) {
  if (row.href)
    return (
      <Link href={row.href} className={styles.title}>
        {row.title}
      </Link>
    );
  if (row.open)
    return (
      <button type="button" className={styles.title} onClick={row.open}>
        {row.title}
      </button>
    );
  return <span className={styles.plain}>{row.title}</span>;
}
