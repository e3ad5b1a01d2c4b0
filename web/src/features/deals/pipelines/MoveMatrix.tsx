import Users from 'lucide-react/icons/users';
import { type KeyboardEvent, useRef, useState } from 'react';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { IconButton } from '@/ui/Button';
import { Checkbox } from '@/ui/Checkbox';
import type { Stage } from '../stages';
import styles from './MoveMatrix.module.css';
import { type Cells, cellOf } from './moves';
import { WhoMoves } from './WhoMoves';

type Props = {
  readonly rows: readonly Stage[];
  readonly columns: readonly Stage[];
  readonly cells: Cells;
  readonly readOnly: boolean;
  readonly set: (cells: Cells) => void;
};

/** From which stage deals go to which. Arrows lead from cell to cell, Space allows a move or takes it out, Enter says for whom it is. */
export function MoveMatrix({ rows, columns, cells, readOnly, set }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<{ row: number; column: number }>({ row: 0, column: columns[0]?.id === rows[0]?.id ? 1 : 0 });
  const [asked, ask] = useState<{ from: Stage; to: Stage } | undefined>();
  const put = (from: Stage, to: Stage, roles: readonly string[] | undefined) => {
    const next = new Map(cells);
    if (roles) next.set(cellOf(from, to), roles);
    else next.delete(cellOf(from, to));
    set(next);
  };
  const onKeyDown = (event: KeyboardEvent, from: Stage, to: Stage) => {
    const step = steps[event.key];
    if (event.key === 'Enter' && cells.has(cellOf(from, to))) ask({ from, to });
    else if (step) {
      const next = nextOf(at, step, rows, columns);
      if (!next) return;
      setAt(next);
      table.current?.querySelector<HTMLElement>(`[data-at="${next.row} ${next.column}"] input`)?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.scroll} tabIndex={readOnly ? 0 : undefined}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are gone through with arrows. */}
      <table ref={table} role="grid" aria-label={t('pipe.moves')} aria-readonly={readOnly} className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              {t('pipe.fromTo')}
            </th>
            {columns.map((to) => (
              <th key={to.id} scope="col">
                <span>{to.name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((from, row) => (
            <tr key={from.id}>
              <th scope="row">{from.name}</th>
              {columns.map((to, column) => {
                const roles = cells.get(cellOf(from, to));
                const isAt = at.row === row && at.column === column;
                const named = t('pipe.moveOf', { from: from.name, to: to.name });
                return from.id === to.id ? (
                  <td key={to.id} className={styles.same} />
                ) : (
                  <td
                    key={to.id}
                    data-at={`${row} ${column}`}
                    onFocus={() => setAt({ row, column })}
                    onKeyDown={(event) => onKeyDown(event, from, to)}
                  >
                    <span className={styles.cell}>
                      <Checkbox
                        label={roles?.length ? `${named}: ${roles.join(', ')}` : named}
                        tabIndex={isAt ? 0 : -1}
                        checked={Boolean(roles)}
                        disabled={readOnly}
                        set={(on) => put(from, to, on ? [] : undefined)}
                      />
                      {roles && !readOnly && (
                        <IconButton
                          label={t('pipe.whoMoves', { from: from.name, to: to.name })}
                          icon={Users}
                          tabIndex={-1}
                          className={cx(styles.who, roles.length > 0 && styles.some)}
                          onClick={() => ask({ from, to })}
                        />
                      )}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {asked && (
        <WhoMoves
          key={cellOf(asked.from, asked.to)}
          {...asked}
          roles={cells.get(cellOf(asked.from, asked.to)) ?? []}
          close={() => ask(undefined)}
          set={(roles) => put(asked.from, asked.to, roles)}
        />
      )}
    </div>
  );
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

// A stage does not lead to itself: that cell is stepped over.
function nextOf(
  at: { readonly row: number; readonly column: number },
  [down, right]: readonly [number, number],
  rows: readonly Stage[],
  columns: readonly Stage[],
) {
  let { row, column } = at;
  do {
    row += down;
    column += right;
  } while (rows[row] && columns[column] && rows[row]?.id === columns[column]?.id);
  return rows[row] && columns[column] ? { row, column } : undefined;
}
