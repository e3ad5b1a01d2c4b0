import HistoryIcon from 'lucide-react/icons/history';
import X from 'lucide-react/icons/x';
import { useMemo, useState } from 'react';
import { type Entry, useHistory } from '@/api/history';
import type { RecordType } from '@/api/model';
import { useNames } from '@/api/names';
import { useTimeline } from '@/api/timeline';
import type { Row } from '@/api/values';
import { labelOf } from '@/features/labels';
import { sentenceOf } from '@/features/refusals';
import { formatDay } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Skeleton } from '@/ui/Skeleton';
import { isShown, type Kind, kinds, type Line, linesOf } from './entries';
import styles from './Timeline.module.css';
import { OwnLine, RelatedLine } from './TimelineLine';
import type { PageShown } from './usePageUrl';

type Props = {
  readonly type: RecordType;
  readonly row: Row;
  readonly fixed: boolean;
  readonly shown: PageShown;
  readonly show: (change: { [K in keyof PageShown]?: PageShown[K] | null }) => void;
};

const pageSize = 50;

/** What happened to a record and to what belongs to it: who, what, from what to what, when. */
export function Timeline({ type, row, fixed, shown, show }: Props) {
  const [first, setFirst] = useState(pageSize);
  const { entries, refusal, again } = useHistory(type, row, first, fixed);
  const happenings = useTimeline(type, row.id);
  const lines = useMemo(() => linesOf(type, entries ?? [], happenings), [type, entries, happenings]);
  const names = useNames(
    useMemo(
      () =>
        lines.flatMap((line) =>
          line.of === 'record'
            ? [...line.changes, ...line.also].flatMap(({ field, change }) =>
                [change.old, change.new].map((value) => ({ type, field, value })),
              )
            : [],
        ),
      [lines, type],
    ),
  );
  const kind = kinds.find((one) => one === shown.kind) ?? 'all';
  const offered = kinds.filter((one) => one === 'all' || lines.some((line) => isShown(line, one, undefined)));
  const field = shown.field ? type.field(shown.field) : undefined;
  const visible = lines.filter((line) => isShown(line, kind, field?.name));
  const days = byDay(visible);
  return (
    <div className={styles.timeline}>
      <div className={styles.tools} role="toolbar" aria-label={t('history.filter')}>
        {field ? (
          <Button small icon={X} onClick={() => show({ field: null })} aria-label={t('history.allFields')}>
            {t('history.only', { label: labelOf(type, field) })}
          </Button>
        ) : (
          offered.length > 1 &&
          offered.map((one) => (
            <Button key={one} small look="quiet" aria-pressed={one === kind} onClick={() => show({ kind: one === 'all' ? null : one })}>
              {t(`history.kind.${one}` satisfies `history.kind.${Kind}`)}
            </Button>
          ))
        )}
      </div>
      {entries === undefined ? (
        refusal ? (
          <EmptyState icon={HistoryIcon} title={t('history.failed')} actions={<Button onClick={again}>{t('retry')}</Button>}>
            {sentenceOf(refusal)}
          </EmptyState>
        ) : (
          <Sketch />
        )
      ) : visible.length === 0 ? (
        <p className={styles.none}>{t('history.none')}</p>
      ) : (
        days.map(([day, ofDay]) => (
          <section key={day} className={styles.day} aria-label={formatDay(day)}>
            <h2 className={styles.date}>{formatDay(day)}</h2>
            <ol className={styles.lines}>
              {ofDay.map((line) =>
                line.of === 'record' ? (
                  <OwnLine
                    key={line.key}
                    type={type}
                    row={row}
                    line={line}
                    names={names}
                    fixed={fixed}
                    only={field?.name}
                    isNewest={line.entry === entries[0]}
                    lookAt={(entry: Entry) => show({ asOf: entry.at, tab: 'about' })}
                    onlyField={(name) => show({ field: name })}
                    changed={again}
                  />
                ) : (
                  <RelatedLine key={line.key} line={line} />
                ),
              )}
            </ol>
          </section>
        ))
      )}
      {entries && entries.length >= first && (
        <Button small look="quiet" onClick={() => setFirst(first + pageSize)}>
          {t('history.more')}
        </Button>
      )}
    </div>
  );
}

function byDay(lines: readonly Line[]): readonly (readonly [string, readonly Line[]])[] {
  const days = new Map<string, Line[]>();
  for (const line of lines) {
    const day = new Date(line.at).toDateString();
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  return [...days.entries()].map(([, ofDay]) => [ofDay[0]?.at ?? '', ofDay] as const);
}

const Sketch = () => (
  <div className={styles.sketch} aria-busy>
    {[64, 48, 72, 56].map((width) => (
      <div key={width} className={styles.sketchLine}>
        <Skeleton width={24} height={24} />
        <Skeleton width={`${width}%`} height={14} />
      </div>
    ))}
  </div>
);
