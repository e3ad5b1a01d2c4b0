import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import SearchX from 'lucide-react/icons/search-x';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { usePast, useRecord } from '@/api/hooks';
import { may, type RecordType, useModel } from '@/api/model';
import { type Row, titleOf } from '@/api/values';
import { manyOf } from '@/features/labels';
import { sentenceOf } from '@/features/refusals';
import { noteSeen } from '@/features/search/recent';
import { useActions } from '@/lib/actions';
import { t } from '@/lib/i18n/t';
import { isTyping } from '@/lib/keys';
import { useMedia } from '@/lib/useMedia';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Skeleton } from '@/ui/Skeleton';
import { Tabs } from '@/ui/Tabs';
import { useNeighbours } from '../cameFrom';
import { About } from './About';
import { PastBar } from './PastBar';
import { parts } from './parts';
import { RecordActions } from './RecordActions';
import { RecordHeader } from './RecordHeader';
import styles from './RecordScreen.module.css';
import { Related } from './Related';
import { Timeline } from './Timeline';
import { TrashBar } from './TrashBar';
import { useMarks } from './useMarks';
import { usePageUrl } from './usePageUrl';

/** `/contacts/…`: a record with all that belongs to it. */
export function RecordScreen() {
  const { plural = '', id = '' } = useParams<{ plural: string; id: string }>();
  const type = useModel().byPlural(plural);
  if (!type?.graph.one || !may(type, 'read'))
    return (
      <EmptyState page icon={SearchX} title={t('fail.notFound')}>
        {t('fail.notFoundText')}
      </EmptyState>
    );
  return <OfType key={`${plural} ${id}`} type={type} id={id} />;
}

const wide = '(min-width: 1180px)';

function OfType({ type, id }: { readonly type: RecordType; readonly id: string }) {
  const [, go] = useLocation();
  const [shown, show] = usePageUrl();
  const [marks, heard] = useMarks();
  const names = useMemo(() => type.fields.filter((field) => field.graph.name).map((field) => field.name), [type]);
  const { data, fetching, refusal, again } = useRecord(type, id, names, heard);
  // What is in the trash is read as it was last.
  const isAway = data === null && !fetching;
  const trashed = useTrashed(type, id, names, isAway);
  const past = usePast(type, id, names, shown.asOf);
  const row = data ?? trashed.row ?? undefined;
  const isTrash = !data && trashed.row !== undefined;
  const around = useNeighbours(type, id);
  const title = row ? titleOf(type, row) || t('list.untitled') : '';
  const isWide = useMedia(wide);
  useEffect(() => {
    document.title = title ? `${title} · CRM` : `${manyOf(type)} · CRM`;
    if (title && !isTrash) noteSeen({ plural: type.plural, id, title });
  }, [title, isTrash, type, id]);
  const rests = () => !isTyping(document.activeElement);
  useActions([
    {
      id: 'record.previous',
      label: t('peek.previous'),
      icon: ArrowUp,
      group: 'record',
      keys: ['mod+arrowleft', 'k'],
      allowed: () => rests() && Boolean(around.previous),
      run: () => around.previous?.(),
    },
    {
      id: 'record.next',
      label: t('peek.next'),
      icon: ArrowDown,
      group: 'record',
      keys: ['mod+arrowright', 'j'],
      allowed: () => rests() && Boolean(around.next),
      run: () => around.next?.(),
    },
  ]);

  if (!row && (refusal || (isAway && trashed.settled)))
    return (
      <EmptyState
        page
        icon={SearchX}
        title={refusal ? t('record.failed') : t('record.notFound')}
        actions={
          <>
            {refusal && <Button onClick={again}>{t('retry')}</Button>}
            <Button onClick={() => go(around.address)}>{t('record.toList', { labels: manyOf(type) })}</Button>
          </>
        }
      >
        {refusal ? sentenceOf(refusal) : t('peek.notFound')}
      </EmptyState>
    );

  const part = parts[type.plural];
  const Band = part?.band;
  const isFixed = isTrash || shown.asOf !== undefined;
  const about = row && (
    <About
      type={type}
      row={row}
      past={shown.asOf ? (past.data ?? undefined) : undefined}
      fixed={isFixed}
      marks={marks}
      showHistory={(field) => show({ field, tab: 'timeline' })}
    />
  );
  const timeline = row && <Timeline type={type} row={row} fixed={isTrash} shown={shown} show={show} />;
  const related = row && (isTrash ? <p className={styles.none}>{t('trash.related')}</p> : <Related type={type} row={row} />);
  const zones: readonly { id: string; label: string; body: ReactNode }[] = [
    { id: 'about', label: t('record.about'), body: about ?? <Sketch /> },
    { id: 'timeline', label: t('record.timeline'), body: timeline ?? <Sketch /> },
    ...(row
      ? (part?.panels ?? []).map(({ id: panelId, label, panel: Panel }) => ({
          id: panelId,
          label: t(label),
          body: (
            <div className={styles.panel}>
              <Panel type={type} row={row} waiting={<Sketch />} />
            </div>
          ),
        }))
      : []),
    { id: 'related', label: t('record.related'), body: related ?? <Sketch /> },
  ];
  const middle = zones.slice(1, -1);
  const offered = isWide ? middle : zones;
  const tab = offered.find((zone) => zone.id === shown.tab)?.id ?? offered[0]?.id ?? 'about';
  const tabs = (
    <Tabs
      label={t('record.parts')}
      value={tab}
      tabs={offered.map((zone) => ({ value: zone.id, label: zone.label }))}
      choose={(next) => show({ tab: next === offered[0]?.id ? null : next })}
    >
      {offered.find((zone) => zone.id === tab)?.body}
    </Tabs>
  );

  return (
    <div className={styles.screen}>
      <RecordHeader type={type} row={row} title={title} around={around}>
        {row && !isTrash && (
          <RecordActions type={type} row={row} title={title} address={around.address} shown={shown} show={show} changed={again} />
        )}
      </RecordHeader>
      {isTrash && row && <TrashBar type={type} row={row} title={title} restored={again} />}
      {shown.asOf && <PastBar asOf={shown.asOf} set={(asOf) => show({ asOf })} missing={!past.fetching && !past.data} />}
      {Band && row && !isTrash && <Band type={type} row={row} waiting={<div className={styles.band} />} />}
      {isWide ? (
        <div className={styles.zones}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by keys. */}
          <section className={styles.zone} aria-label={t('record.about')} tabIndex={0}>
            {zones[0]?.body}
          </section>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by keys. */}
          <section className={styles.zone} aria-label={t('record.timeline')} tabIndex={0}>
            {middle.length > 1 ? tabs : middle[0]?.body}
          </section>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by keys. */}
          <section className={styles.zone} aria-label={t('record.related')} tabIndex={0}>
            {related ?? <Sketch />}
          </section>
        </div>
      ) : (
        <div className={styles.tabs}>{tabs}</div>
      )}
    </div>
  );
}

const minuteMs = 60_000;

/** A record that is not there any more, if it is in the trash. */
function useTrashed(type: RecordType, id: string, names: readonly string[], isAway: boolean) {
  const [at, setAt] = useState<string | undefined>();
  useEffect(() => setAt(isAway ? new Date(Date.now() + minuteMs).toISOString() : undefined), [isAway]);
  const { data, fetching } = usePast(type, id, names, at);
  const row: Row | undefined = at && data?.deletedAt ? data : undefined;
  return { row, settled: at !== undefined && !fetching };
}

const Sketch = () => (
  <div className={styles.sketch} aria-busy>
    {[30, 82, 74, 88, 66, 79, 71].map((width) => (
      <Skeleton key={width} width={`${width}%`} height={18} />
    ))}
  </div>
);
