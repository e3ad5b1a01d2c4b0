import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { RecordType } from '@/api/model';
import { isMasked, type Row, valueIn } from '@/api/values';
import { labelOf, manyOf } from '@/features/labels';
import { iconOf } from '@/features/nouns';
import { RecordMark } from '@/features/RecordMark';
import { formatCount } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { IconButton } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import type { useNeighbours } from '../cameFrom';
import { FieldValue } from '../fields/FieldValue';
import { isBlank } from '../fields/RawValue';
import { usualColumns } from '../list/columns';
import { ExpandSidebar } from '../list/Head';
import styles from './RecordHeader.module.css';

type Props = {
  readonly type: RecordType;
  readonly row: Row | undefined;
  readonly title: string;
  readonly around: ReturnType<typeof useNeighbours>;
  readonly children: ReactNode;
};

const most = 5;
const said = new Set(['tags', 'updatedAt', 'createdAt', 'ownerId']);

/** The facts that a list shows first, and whose it is. */
const keyFacts = (type: RecordType): readonly string[] => [
  ...usualColumns(type).filter((name) => name !== type.title && !said.has(name)),
  ...(type.field('ownerId') ? ['ownerId'] : []),
];

/** Who or what it is, whose, and what can be done with it. */
export function RecordHeader({ type, row, title, around, children }: Props) {
  const Icon = iconOf(type);
  const facts = row
    ? keyFacts(type)
        .flatMap((name) => type.field(name) ?? [])
        .filter((field) => !isMasked(row, field) && !isBlank(valueIn(row, field)))
        .filter((_, i, all) => i < most || i === all.length - 1)
    : [];
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <ExpandSidebar />
        <nav aria-label={t('record.where')} className={styles.where}>
          <Link href={around.address}>
            <Icon size={14} aria-hidden />
            {manyOf(type)}
          </Link>
          {around.place && <ChevronRight size={13} aria-hidden />}
          {around.place && (
            <span className={styles.place}>
              {around.place.of === undefined
                ? formatCount(around.place.index + 1)
                : t('record.place', { place: around.place.index + 1, of: around.place.of })}
            </span>
          )}
        </nav>
        {around.place && (
          <span className={styles.steps}>
            <IconButton
              label={t('peek.previous')}
              icon={ArrowUp}
              keys="mod+arrowleft"
              disabled={!around.previous}
              onClick={around.previous}
            />
            <IconButton label={t('peek.next')} icon={ArrowDown} keys="mod+arrowright" disabled={!around.next} onClick={around.next} />
          </span>
        )}
      </div>
      <div className={styles.name}>
        {row ? <RecordMark type={type} id={row.id} title={title} large /> : <Skeleton width={32} height={32} />}
        <h1>{row ? title : <Skeleton width={220} height={24} />}</h1>
        <div className={styles.actions}>{children}</div>
      </div>
      {/* Whoever has no pointer scrolls it by keys. */}
      <dl className={styles.facts} tabIndex={0}>
        {row
          ? facts.map((field) => (
              <div key={field.name} className={styles.fact}>
                <dt>{labelOf(type, field)}</dt>
                <dd>
                  <FieldValue type={type} field={field} row={row} />
                </dd>
              </div>
            ))
          : [96, 128, 88].map((width) => (
              <div key={width} className={styles.fact}>
                <Skeleton width={width} height={16} />
              </div>
            ))}
      </dl>
    </header>
  );
}
