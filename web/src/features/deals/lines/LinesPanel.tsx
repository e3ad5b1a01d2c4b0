import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type RecordType, useModel } from '@/api/model';
import type { Row } from '@/api/values';
import { cx } from '@/lib/classes';
import { formatMoney, formatNumber, type Money } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { preferences } from '@/lib/preferences';
import { Button, IconButton } from '@/ui/Button';
import { Menu, MenuItem } from '@/ui/Menu';
import { LineEditor } from './LineEditor';
import styles from './LinesPanel.module.css';
import { type Column, columns, emptyLine, type Line, moved, problemAt, textOf, withText } from './lines';
import { useLines } from './useLines';

type At = { readonly row: number; readonly column: number };
type Editing = At & { readonly typed: string | undefined };

/** What a deal is about, like a spreadsheet: arrows go from cell to cell, typing writes over, Enter and Tab go on. */
export function LinesPanel({ type, row }: { readonly type: RecordType; readonly row: Row }) {
  const model = useModel();
  const { language } = preferences.get();
  const { lines, problems, sentence, saving, set, discard, isDraft } = useLines(row);
  const [at, setAt] = useState<At>({ row: 0, column: 0 });
  const [editing, edit] = useState<Editing | undefined>();
  const [wrong, setWrong] = useState<At | undefined>();
  const [going, setGoing] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const canEdit = model.slices.has('setLines') && Boolean(type.graph.update) && !isClosedTo(row);
  const amount = row.amount as Money | null | undefined;
  const currency = lines.find((line) => line.listPrice)?.listPrice?.currency ?? amount?.currency ?? 'EUR';

  const place = useRef(at);
  place.current = at;
  useEffect(() => {
    const { row: r, column: c } = place.current;
    if (going) grid.current?.querySelector<HTMLElement>(`[data-cell="${r}.${c}"]`)?.focus();
  }, [going]);
  const go = (to: At) => {
    setAt({ row: Math.max(0, Math.min(to.row, lines.length - 1)), column: Math.max(0, Math.min(to.column, columns.length - 1)) });
    setGoing((n) => n + 1);
  };

  const write = (place: At, next: Line, then: At) => {
    setWrong(undefined);
    edit(undefined);
    const line = lines[place.row];
    // A line that was only begun is kept here until it says something.
    if (JSON.stringify(line) !== JSON.stringify(next)) set(lines.map((one, i) => (i === place.row ? next : one)));
    go(then);
  };
  const commit = (place: At, text: string, then: At) => {
    const line = lines[place.row];
    const column = columns[place.column];
    if (!line || !column) return edit(undefined);
    if (text === textOf(line, column, language)) {
      edit(undefined);
      setWrong(undefined);
      return go(then);
    }
    const next = withText(line, column, text, language, currency);
    if (next) write(place, next, then);
    else setWrong(place);
  };
  const add = () => {
    const next = [...lines, emptyLine()];
    set(next, true);
    setAt({ row: next.length - 1, column: 0 });
    edit({ row: next.length - 1, column: 0, typed: undefined });
  };
  const remove = (index: number) => {
    const line = lines[index];
    const rest = lines.filter((_, i) => i !== index);
    // What was never sent needs no save to be gone.
    set(rest, !line?.productId && !line?.name && !line?.listPrice);
    setAt({ row: Math.max(0, Math.min(index, rest.length - 1)), column: at.column });
    setGoing((n) => n + 1);
  };
  const shift = (index: number, by: 1 | -1) => {
    if (!lines[index + by]) return;
    set(moved(lines, index, index + by));
    setAt({ row: index + by, column: at.column });
    setGoing((n) => n + 1);
  };

  const onKeyDown = (event: KeyboardEvent, place: At) => {
    if (editing) return;
    const line = lines[place.row];
    const column = columns[place.column];
    if (!line || !column) return;
    const { key } = event;
    if (event.altKey && canEdit && (key === 'ArrowUp' || key === 'ArrowDown')) shift(place.row, key === 'ArrowUp' ? -1 : 1);
    else if ((event.ctrlKey || event.metaKey) && canEdit && (key === 'Delete' || key === 'Backspace')) remove(place.row);
    else if (event.altKey || event.ctrlKey || event.metaKey) return;
    else if (key === 'ArrowUp') go({ ...place, row: place.row - 1 });
    else if (key === 'ArrowDown') {
      if (place.row === lines.length - 1 && canEdit) add();
      else go({ ...place, row: place.row + 1 });
    } else if (key === 'ArrowLeft') go({ ...place, column: place.column - 1 });
    else if (key === 'ArrowRight') go({ ...place, column: place.column + 1 });
    else if (key === 'Home') go({ ...place, column: 0 });
    else if (key === 'End') go({ ...place, column: columns.length - 1 });
    else if (!canEdit) return;
    else if (key === 'Enter' || key === 'F2') edit({ ...place, typed: undefined });
    else if (key === 'Delete' || key === 'Backspace') commit(place, column === 'quantity' || column === 'term' ? '1' : '', place);
    else if (key.length === 1) edit({ ...place, typed: key });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  // Where and why, below the grid: a cell has no room for it.
  const said = [
    ...(wrong ? [`${whereIs(wrong.row, columns[wrong.column])}: ${t('lines.notUnderstood')}`] : []),
    ...lines.flatMap((_, r) =>
      columns.flatMap((column) => {
        const problem = problemAt(problems, r, column);
        return problem ? [`${whereIs(r, column)}: ${problem}`] : [];
      }),
    ),
    ...(sentence ? [sentence] : []),
  ];

  return (
    <div className={styles.panel}>
      <div
        ref={grid}
        role="grid"
        aria-label={t('lines.title')}
        aria-rowcount={lines.length + 1}
        className={cx(styles.grid, lines.length === 0 && styles.bare)}
      >
        <div role="row" className={cx(styles.row, styles.head)}>
          {columns.map((column) => (
            <span key={column} role="columnheader" className={cx(styles.label, styles[column])}>
              {t(`lines.${column}`)}
            </span>
          ))}
          <span role="columnheader" className={cx(styles.label, styles.total)}>
            {t('lines.total')}
          </span>
        </div>
        {lines.map((line, r) => (
          <div key={line.key} role="row" className={styles.row} aria-rowindex={r + 2}>
            {columns.map((column, c) => {
              const isEdited = editing?.row === r && editing.column === c;
              const problem =
                problemAt(problems, r, column) ?? (wrong?.row === r && wrong.column === c ? t('lines.notUnderstood') : undefined);
              const takesNone = column === 'term' && (line.period ?? 'once') === 'once';
              return (
                <div
                  key={column}
                  role="gridcell"
                  data-cell={`${r}.${c}`}
                  tabIndex={!isEdited && at.row === r && at.column === c ? 0 : -1}
                  aria-readonly={!canEdit || undefined}
                  aria-invalid={problem ? true : undefined}
                  aria-describedby={problem ? 'lines-problems' : undefined}
                  className={cx(styles.cell, styles[column], problem && styles.wrong, isEdited && styles.edited)}
                  title={problem}
                  onFocus={() => setAt({ row: r, column: c })}
                  onKeyDown={(event) => onKeyDown(event, { row: r, column: c })}
                  onClick={() => canEdit && !isEdited && edit({ row: r, column: c, typed: undefined })}
                >
                  <span className={styles.small} aria-hidden>
                    {t(`lines.${column}`)}
                  </span>
                  {isEdited ? (
                    <LineEditor
                      line={line}
                      column={column}
                      typed={editing.typed}
                      invalid={Boolean(problem)}
                      commit={(text, by) => commit({ row: r, column: c }, text, onFrom(r, c, by))}
                      write={(next, by) => write({ row: r, column: c }, next, onFrom(r, c, by))}
                      leave={() => {
                        edit(undefined);
                        setWrong(undefined);
                        go({ row: r, column: c });
                      }}
                    />
                  ) : (
                    <span className={styles.text}>{takesNone ? '' : shownOf(line, column)}</span>
                  )}
                </div>
              );
            })}
            <div role="gridcell" className={cx(styles.cell, styles.total, isDraft && styles.pending)}>
              <span className={styles.small} aria-hidden>
                {t('lines.total')}
              </span>
              <span className={styles.text}>{line.total ? formatMoney(line.total) : ''}</span>
              {canEdit && (
                <Menu
                  align="end"
                  trigger={<IconButton label={t('lines.more', { line: r + 1 })} icon={Ellipsis} tabIndex={-1} className={styles.dots} />}
                >
                  <MenuItem icon={ArrowUp} disabled={r === 0} run={() => shift(r, -1)}>
                    {t('lines.up')}
                  </MenuItem>
                  <MenuItem icon={ArrowDown} disabled={r === lines.length - 1} run={() => shift(r, 1)}>
                    {t('lines.down')}
                  </MenuItem>
                  <MenuItem icon={X} danger run={() => remove(r)}>
                    {t('lines.remove')}
                  </MenuItem>
                </Menu>
              )}
            </div>
          </div>
        ))}
      </div>
      {lines.length === 0 && <p className={styles.none}>{t(canEdit ? 'lines.none' : 'lines.noneHere')}</p>}
      <div id="lines-problems" className={styles.problems} role="alert">
        {said.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <footer className={styles.foot}>
        {canEdit && (
          <Button small look="quiet" icon={Plus} onClick={add}>
            {t('lines.add')}
          </Button>
        )}
        {(problems.length > 0 || sentence) && (
          <Button small look="quiet" onClick={discard}>
            {t('lines.discard')}
          </Button>
        )}
        <p className={cx(styles.sum, (saving || isDraft) && styles.pending)} aria-live="polite">
          <span className={styles.sumLabel}>{t('lines.sum')}</span> {amount ? formatMoney(amount) : '–'}
        </p>
      </footer>
    </div>
  );
}

const whereIs = (row: number, column: Column | undefined) =>
  t('lines.where', { line: row + 1, column: column ? t(`lines.${column}`) : '' });

const isClosedTo = (row: Row) => row.deletedAt !== null && row.deletedAt !== undefined;

const onFrom = (row: number, column: number, by: 'down' | 'next' | 'previous' | 'stay'): At => ({
  row: by === 'down' ? row + 1 : row,
  column: by === 'next' ? column + 1 : by === 'previous' ? column - 1 : column,
});

function shownOf(line: Line, column: Column): string {
  switch (column) {
    case 'name':
      return line.name ?? '';
    case 'quantity':
      return formatNumber(line.quantity);
    case 'listPrice':
      return line.listPrice ? formatMoney(line.listPrice) : '';
    case 'discount':
      if (line.discountAmount !== null && line.listPrice)
        return formatMoney({ amount: String(line.discountAmount), currency: line.listPrice.currency });
      return line.discountPercent ? `${formatNumber(line.discountPercent)}%` : '';
    case 'taxClass':
      return line.taxClass ?? '';
    case 'period':
      return t(`lines.${line.period ?? 'once'}`);
    case 'term':
      return formatNumber(line.term);
  }
}
