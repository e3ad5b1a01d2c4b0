import { useDraggable } from '@dnd-kit/core';
import CalendarDays from 'lucide-react/icons/calendar-days';
import Clock from 'lucide-react/icons/clock';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import { type RecordType, useModel } from '@/api/model';
import { type Row, referredOf, titleOf } from '@/api/values';
import { cx } from '@/lib/classes';
import { formatDate, formatInstant, formatMoney, type Money } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Avatar } from '@/ui/Avatar';
import { IconButton } from '@/ui/Button';
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu';
import { agingOf, daysSince, type Stage } from '../stages';
import styles from './Card.module.css';

type Props = {
  readonly type: RecordType;
  readonly row: Row;
  readonly stage: Stage;
  readonly at: string;
  readonly current: boolean;
  readonly chosen: boolean;
  readonly carried: boolean;
  readonly targets: readonly Stage[];
  readonly open: (row: Row) => void;
  readonly move: (row: Row, to: Stage) => void;
  readonly canMove: boolean;
};

/** A deal on the board. Its name is what the keyboard goes to; all of it can be taken hold of. */
export const Card = memo(function Card({ carried, chosen, ...inside }: Props) {
  const { type, row, stage, canMove } = inside;
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: row.id, data: { row, stage }, disabled: !canMove });
  return (
    <article
      ref={setNodeRef}
      className={cx(styles.card, chosen && styles.chosen, (isDragging || carried) && styles.away)}
      aria-label={titleOf(type, row) || t('list.untitled')}
      {...listeners}
    >
      <Inside {...inside} />
    </article>
  );
});

// While something is dragged every card hears of it; what is written on them stays as it is.
const Inside = memo(function Inside({ type, row, stage, at, current, targets, open, move, canMove }: Omit<Props, 'carried' | 'chosen'>) {
  const title = titleOf(type, row) || t('list.untitled');
  return (
    <>
      <CardBody
        type={type}
        row={row}
        stage={stage}
        name={
          <Link
            href={`/${type.plural}/${row.id}`}
            className={styles.name}
            draggable={false}
            data-card={at}
            tabIndex={current ? 0 : -1}
            aria-describedby={canMove ? 'board-how' : undefined}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              open(row);
            }}
          >
            {title}
          </Link>
        }
      />
      {canMove && (
        <span className={styles.menu}>
          <Menu
            align="end"
            trigger={
              <IconButton label={t('deal.moveCard', { title })} icon={Ellipsis} tabIndex={current ? 0 : -1} className={styles.dots} />
            }
          >
            {targets.map((to, i) => (
              <span key={to.id}>
                {to.type !== 'open' && targets[i - 1]?.type === 'open' && <MenuSeparator />}
                <MenuItem run={() => move(row, to)}>{t('deal.moveTo', { stage: to.name })}</MenuItem>
              </span>
            ))}
          </Menu>
        </span>
      )}
    </>
  );
});

type BodyProps = { readonly type: RecordType; readonly row: Row; readonly stage: Stage; readonly name: ReactNode };

/** What is written on a card; also on the one that is being dragged. */
export function CardBody({ type, row, stage, name }: BodyProps) {
  const model = useModel();
  const days = daysSince(row.stageEnteredAt);
  const aging = agingOf(days, stage);
  const company = nameAt(model, type, row, 'accountId');
  const owner = nameAt(model, type, row, 'ownerId');
  const money = row.amount as Money | null | undefined;
  const day = row.expectedCloseOn as string | null | undefined;
  return (
    <>
      {name}
      <p className={styles.company}>{company}</p>
      <p className={styles.line}>
        <span className={styles.amount}>{money ? formatMoney(money) : ''}</span>
        {owner && <Avatar name={owner} of={row.ownerId as string | null} />}
      </p>
      <p className={styles.line}>
        <NextStep row={row} />
      </p>
      <p className={styles.foot}>
        {day && (
          <span className={cx(styles.fact, row.overdueAt ? styles.late : undefined)} title={t('deal.closesOn', { day: formatDate(day) })}>
            <CalendarDays size={12} aria-hidden /> {formatDate(day)}
          </span>
        )}
        <span className={cx(styles.fact, styles.days, styles[aging])} title={t(aging === 'late' ? 'deal.rotting' : 'deal.inStage')}>
          <Clock size={12} aria-hidden /> {t('deal.days', { count: days })}
        </span>
      </p>
      {owner && <span className="unseen">{t('deal.ownedBy', { owner })}</span>}
    </>
  );
}

/** What comes next: an activity where one is planned, else what somebody has noted. */
function NextStep({ row }: { readonly row: Row }) {
  const activity = row.nextActivityAt as string | null | undefined;
  const step = row.nextStep as string | null | undefined;
  if (activity) return <span className={styles.next}>{t('deal.nextActivity', { at: formatInstant(activity) })}</span>;
  if (!step) return <span className={styles.next} />;
  return <span className={styles.next}>{row.nextStepOn ? `${step} · ${formatDate(String(row.nextStepOn))}` : step}</span>;
}

function nameAt(model: ReturnType<typeof useModel>, type: RecordType, row: Row, name: string): string {
  const field = type.field(name);
  const to = field && model.referred(type, field);
  const referred = field && referredOf(row, field);
  return to && referred ? titleOf(to, referred) : '';
}
