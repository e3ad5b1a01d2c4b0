import ArrowRight from 'lucide-react/icons/arrow-right';
import type { ReactNode } from 'react';
import { type RecordType, useModel } from '@/api/model';
import { guessOf, titleOf, valueIn } from '@/api/values';
import { labelOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { FieldValue } from '../../fields/FieldValue';
import { isBlank } from '../../fields/RawValue';
import styles from './Paste.module.css';
import type { Change, Misfit, Target } from './plan';

const mostShown = 100;

type Props<T extends Target> = { readonly type: RecordType; readonly cells: readonly T[] };

/** Cells whose texts mean nothing there. */
export function Misfits({ type, cells }: Props<Misfit>) {
  return (
    <CellList type={type} cells={cells} title={t('paste.misfits', { count: cells.length })}>
      {({ text, why }) => (
        <>
          {text && <span className={styles.text}>{text}</span>}
          <span className={styles.why}>{why}</span>
        </>
      )}
    </CellList>
  );
}

/** Cells that will have another value. */
export function Changes({ type, cells }: Props<Change>) {
  return (
    <CellList type={type} cells={cells} title={t('paste.changes', { count: cells.length })}>
      {(change) => (
        <>
          <span className={styles.before}>
            {isBlank(valueIn(change.row, change.field)) ? (
              <span className={styles.empty}>{t('field.empty')}</span>
            ) : (
              <FieldValue type={type} field={change.field} row={change.row} inList />
            )}
          </span>
          <ArrowRight size={13} role="img" aria-label={t('paste.becomes')} className={styles.arrow} />
          <NewValue type={type} change={change} />
        </>
      )}
    </CellList>
  );
}

export function NewValue({ type, change }: { readonly type: RecordType; readonly change: Change }) {
  const model = useModel();
  const { row, field, value, referred } = change;
  if (isBlank(value)) return <span className={styles.empty}>{t('field.empty')}</span>;
  const guess = guessOf(model, type, row, { [field.name]: value }, { [field.name]: referred ?? null });
  return field.graph.reference && !referred ? (
    <span className={styles.text}>{change.text}</span>
  ) : (
    <span className={styles.text}>
      <FieldValue type={type} field={field} row={guess} inList />
    </span>
  );
}

type ListProps<T extends Target> = Props<T> & { readonly title: string; readonly children: (cell: T) => ReactNode };

/** Cells by record and field, and what is to be said of each; of many the first. */
export function CellList<T extends Target>({ type, cells, title, children }: ListProps<T>) {
  if (cells.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: many are scrolled through, also with keys. */}
      <ul className={styles.cells} aria-label={title} tabIndex={0}>
        {cells.slice(0, mostShown).map((cell) => (
          <li key={`${cell.row.id} ${cell.field.name}`}>
            <span className={styles.where}>
              <span>{titleOf(type, cell.row) || t('list.untitled')}</span> {labelOf(type, cell.field)}
            </span>
            <span className={styles.says}>{children(cell)}</span>
          </li>
        ))}
      </ul>
      {cells.length > mostShown && <p className={styles.beside}>{t('paste.more', { count: cells.length - mostShown })}</p>}
    </section>
  );
}
