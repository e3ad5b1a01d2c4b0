import ArrowLeft from 'lucide-react/icons/arrow-left';
import ListX from 'lucide-react/icons/list-x';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import Search from 'lucide-react/icons/search';
import Trash2 from 'lucide-react/icons/trash-2';
import { useDeferredValue, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { restoreRecord } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import { useTrash } from '@/api/trash';
import { type Row, titleOf } from '@/api/values';
import { manyOf } from '@/features/labels';
import { screenOf } from '@/features/records/screenOf';
import { sentenceOf } from '@/features/refusals';
import { formatAgo, formatInstantFully } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Checkbox } from '@/ui/Checkbox';
import { EmptyState } from '@/ui/EmptyState';
import { Skeleton } from '@/ui/Skeleton';
import { toast } from '@/ui/toasts';
import { tellDone } from '../change';
import styles from './TrashScreen.module.css';

/** `/contacts/trash`: what was thrown away, and the way back. */
export const TrashScreen = screenOf(OfType);

function OfType({ type }: { readonly type: RecordType }) {
  const model = useModel();
  const [, go] = useLocation();
  const [q, setQ] = useState('');
  const { pages, refusal, again, more } = useTrash(type, useDeferredValue(q).trim());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const rows = pages?.rows ?? [];
  const meant = rows.filter((row) => chosen.has(row.id));
  const isNamed = type.field(type.title ?? '')?.operators.includes('~') ?? false;
  const canRestore = Boolean(type.graph.restore);
  useEffect(() => {
    document.title = `${t('trash.title')} · ${manyOf(type)} · CRM`;
  }, [type]);
  const restore = async (some: readonly Row[]) => {
    setBusy(true);
    const refused: { row: Row; why: string }[] = [];
    let operation: string | null = null;
    for (const row of some) {
      const outcome = await restoreRecord(model, type, row.id);
      if (outcome.ok) operation = outcome.operation;
      else refused.push({ row, why: sentenceOf(outcome.refusal) });
    }
    setBusy(false);
    setChosen(new Set(refused.map(({ row }) => row.id)));
    const done = some.length - refused.length;
    const [only] = some;
    if (done === 1 && only)
      tellDone(t('trash.restored', { title: titleOf(type, only) || t('list.untitled') }), some.length === 1 ? operation : null, again);
    else if (done) toast({ text: t('trash.restoredMany', { count: done }) });
    for (const { row, why } of refused.slice(0, 3))
      toast({ text: t('trash.notRestored', { title: titleOf(type, row) }), detail: why, bad: true });
    again();
  };
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <div className={styles.screen}>
      <header className={styles.bar}>
        <IconButton label={t('record.toList', { labels: manyOf(type) })} icon={ArrowLeft} onClick={() => go(`/${type.plural}`)} />
        <h1>{t('trash.of', { labels: manyOf(type) })}</h1>
        {pages && <span className={styles.count}>{t('list.count', { count: pages.total })}</span>}
      </header>
      <div className={styles.tools}>
        {meant.length > 0 ? (
          <>
            <span>{t('list.selected', { count: meant.length })}</span>
            <Button small look="primary" icon={RotateCcw} disabled={busy} onClick={() => void restore(meant)}>
              {t('trash.restore')}
            </Button>
            <Button small look="quiet" onClick={() => setChosen(new Set())}>
              {t('list.clearSelection')}
            </Button>
          </>
        ) : (
          isNamed && (
            <label className={styles.search}>
              <Search size={14} aria-hidden />
              <input
                type="search"
                aria-label={t('trash.search')}
                placeholder={t('trash.search')}
                value={q}
                onChange={(event) => setQ(event.target.value)}
              />
            </label>
          )
        )}
      </div>
      {refusal ? (
        <EmptyState icon={ListX} title={t('list.failed')} actions={<Button onClick={again}>{t('retry')}</Button>}>
          {sentenceOf(refusal)}
        </EmptyState>
      ) : pages && rows.length === 0 ? (
        <EmptyState icon={Trash2} title={q ? t('nothingFound') : t('trash.empty')}>
          {q ? t('list.noMatchText') : t('trash.emptyText')}
        </EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by keys.
        <div className={styles.scroller} tabIndex={0} role="region" aria-label={t('trash.of', { labels: manyOf(type) })}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" className={styles.check}>
                  <Checkbox
                    label={t('list.selectShown')}
                    checked={rows.length > 0 && meant.length === rows.length}
                    some={meant.length > 0 && meant.length < rows.length}
                    set={(on) => setChosen(new Set(on ? rows.map((row) => row.id) : []))}
                  />
                </th>
                <th scope="col">{t('trash.what')}</th>
                <th scope="col" className={styles.by}>
                  {t('trash.by')}
                </th>
                <th scope="col" className={styles.when}>
                  {t('trash.when')}
                </th>
                <th scope="col" className={styles.act}>
                  <span className="unseen">{t('trash.restore')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {pages
                ? rows.map((row) => (
                    <TrashedRow
                      key={row.id}
                      type={type}
                      row={row}
                      isChosen={chosen.has(row.id)}
                      toggle={() => toggle(row.id)}
                      restore={canRestore && !busy ? () => void restore([row]) : undefined}
                    />
                  ))
                : [60, 44, 52, 38, 57].map((width) => (
                    <tr key={width}>
                      <td />
                      <td colSpan={4}>
                        <Skeleton width={`${width}%`} height={14} />
                      </td>
                    </tr>
                  ))}
            </tbody>
          </table>
          {pages?.more && (
            <div className={styles.more}>
              <Button onClick={more}>{t('trash.more')}</Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}

type RowProps = {
  readonly type: RecordType;
  readonly row: Row;
  readonly isChosen: boolean;
  readonly toggle: () => void;
  readonly restore: (() => void) | undefined;
};

function TrashedRow({ type, row, isChosen, toggle, restore }: RowProps) {
  const title = titleOf(type, row) || t('list.untitled');
  const at = row.deletedAt as string | null;
  const by = row.updatedBy as { name: string | null } | null | undefined;
  return (
    <tr className={isChosen ? styles.chosen : undefined}>
      <td className={styles.check}>
        <Checkbox label={t('list.selectRow', { title })} checked={isChosen} set={toggle} />
      </td>
      <td>
        <Link href={`/${type.plural}/${row.id}`} className={styles.title}>
          {title}
        </Link>
      </td>
      <td className={styles.by}>{by?.name}</td>
      <td className={styles.when}>
        {at && (
          <time dateTime={at} title={formatInstantFully(at)}>
            {formatAgo(at)}
          </time>
        )}
      </td>
      <td className={styles.act}>
        {restore && (
          <Button small icon={RotateCcw} aria-label={t('trash.restoreOne', { title })} onClick={restore}>
            <span className={styles.word}>{t('trash.restore')}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}
