import { memo, useRef } from 'react';
import type { How } from '@/api/imports';
import type { RecordType } from '@/api/model';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { useUnsaved } from '@/lib/leaving';
import { TextInput } from '@/ui/Field';
import { FramedTable } from '@/ui/FramedTable';
import { targetLabel } from './how';
import styles from './Import.module.css';
import { namedIn, type RefusedRow, type Rows } from './refused';

type Props = { readonly type: RecordType; readonly mapping: How['mapping']; readonly rows: Rows; readonly set: (rows: Rows) => void };

type Shown = { readonly at: number; readonly name: string; readonly label: string };

/** Rows that were refused, each with the reason, to be put right where they stand. */
export function Mend({ type, mapping, rows, set }: Props) {
  const shown = rows.headers.flatMap((header, at): Shown[] => {
    const name = mapping[header];
    return name ? [{ at, name, label: targetLabel(type, name) }] : [];
  });
  // Rows are drawn anew only where they change: what they tell is told of the rows as they are by then.
  const latest = useRef(rows);
  latest.current = rows;
  useUnsaved(rows.rows.some((row) => row.isTouched));
  const put = (row: number, at: number, text: string) =>
    set({
      ...latest.current,
      rows: latest.current.rows.map((one, i) =>
        i === row ? { ...one, cells: one.cells.map((cell, c) => (c === at ? text : cell)), isTouched: true } : one,
      ),
    });
  return (
    <FramedTable className={styles.table} aria-label={t('import.mend')}>
      <thead>
        <tr>
          <th scope="col">{t('paste.why')}</th>
          {shown.map(({ at, label }) => (
            <th key={at} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
          <MendRow key={i} row={row} number={i + 1} shown={shown} labels={shown.map(({ label }) => label).join()} put={put} />
        ))}
      </tbody>
    </FramedTable>
  );
}

type RowProps = {
  readonly row: RefusedRow;
  readonly number: number;
  readonly shown: readonly Shown[];
  /** The headings as one text: rows are drawn anew when these are others. */
  readonly labels: string;
  readonly put: (row: number, at: number, text: string) => void;
};

const MendRow = memo(
  function MendRow({ row, number, shown, put }: RowProps) {
    return (
      <tr>
        <th scope="row" className={styles.reason}>
          {row.problem ? (
            <span className={cx(styles.line, styles.problem)}>{saidOf(row.problem, shown)}</span>
          ) : (
            !row.isTouched && <span className={cx(styles.line, styles.fine)}>{t('import.isFine')}</span>
          )}
          {row.isTouched && <span className={cx(styles.line, styles.faint)}>{t('import.notTried')}</span>}
        </th>
        {shown.map(({ at, name, label }) => (
          <td key={at} data-label={label}>
            <TextInput
              aria-label={t('import.cell', { label, count: number })}
              aria-invalid={namedIn(row.problem, name) || undefined}
              className={styles.mended}
              value={row.cells[at] ?? ''}
              onChange={(event) => put(number - 1, at, event.target.value)}
            />
          </td>
        ))}
      </tr>
    );
  },
  (before, now) => before.row === now.row && before.labels === now.labels && before.number === now.number,
);

/** A reason with fields as people call them, each once. */
const saidOf = (problem: string, shown: readonly Shown[]) =>
  shown.reduce(
    (text, { name, label }) => ` ${text}`.replace(` ${name}: ${name} `, ` ${label} `).replace(` ${name}: `, ` ${label}: `).trimStart(),
    problem,
  );
