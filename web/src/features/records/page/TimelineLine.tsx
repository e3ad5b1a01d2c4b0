import ArrowRight from 'lucide-react/icons/arrow-right';
import CirclePlus from 'lucide-react/icons/circle-plus';
import MoreHorizontal from 'lucide-react/icons/ellipsis';
import Eye from 'lucide-react/icons/eye';
import Footprints from 'lucide-react/icons/footprints';
import Filter from 'lucide-react/icons/list-filter';
import Merge from 'lucide-react/icons/merge';
import Pencil from 'lucide-react/icons/pencil';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import Trash2 from 'lucide-react/icons/trash-2';
import Undo2 from 'lucide-react/icons/undo-2';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { undo } from '@/api/changes';
import type { Entry } from '@/api/history';
import { isEditable, type RecordType, useModel } from '@/api/model';
import type { Names } from '@/api/names';
import { type Row, valueIn } from '@/api/values';
import { labelOf, oneWithin } from '@/features/labels';
import { iconOf } from '@/features/nouns';
import { cx } from '@/lib/classes';
import { formatInstantFully, formatTime } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu';
import { toast } from '@/ui/toasts';
import { sentenceOf, useChange } from '../change';
import { isBlank, RawValue } from '../fields/RawValue';
import { type Changed, factsOf, type Line } from './entries';
import styles from './Timeline.module.css';
import { doneOf, doorOf, factLabel } from './words';

const icons = { created: CirclePlus, updated: Pencil, deleted: Trash2, restored: RotateCcw, merged: Merge } as const;
const few = 4;

type OwnProps = {
  readonly type: RecordType;
  readonly row: Row;
  readonly line: Extract<Line, { of: 'record' }>;
  readonly names: Names;
  readonly fixed: boolean;
  readonly only: string | undefined;
  readonly isNewest: boolean;
  readonly lookAt: (entry: Entry) => void;
  readonly onlyField: (name: string) => void;
  readonly changed: () => void;
};

/** Something that happened to the record itself: what changed, how it was, and a way back. */
export function OwnLine({ type, row, line, names, fixed, only, isNewest, lookAt, onlyField, changed }: OwnProps) {
  const { entry, what, changes, also } = line;
  const [all, setAll] = useState(false);
  const isNew = what === 'created';
  const told = only
    ? [...changes, ...also].filter(({ field }) => field.name === only)
    : all
      ? [...changes, ...also]
      : isNew
        ? []
        : changes.slice(0, few);
  const rest = only ? 0 : changes.length + also.length - told.length;
  // The sentence has named the only field that was changed.
  const isSaid = what === 'updated' && changes.length === 1 && !only && !all;
  const Icon = icons[what as keyof typeof icons] ?? Footprints;
  const door = doorOf(entry.actor?.door);
  const takeBack = async () => {
    const refusal = await undo(entry.operation);
    toast(refusal ? { text: t('history.notUndone'), detail: sentenceOf(refusal), bad: true } : { text: t('undone') });
    changed();
  };
  return (
    <Item
      icon={<Icon size={13} aria-hidden />}
      at={entry.at}
      door={door}
      sentence={
        <>
          <strong>{entry.actor?.name ?? t('history.platform')}</strong> {doneOf(what, { label: oneWithin(type) })}
          {what === 'updated' &&
            (changes.length === 1 && changes[0]
              ? ` ${labelOf(type, changes[0].field)}`
              : ` ${t('history.several', { count: changes.length })}`)}
        </>
      }
      facts={factsOf(entry.data)}
      menu={
        <Menu align="end" trigger={<IconButton label={t('more')} icon={MoreHorizontal} className={styles.menu} />}>
          {!isNewest && (
            <MenuItem icon={Eye} run={() => lookAt(entry)}>
              {t('history.lookAt')}
            </MenuItem>
          )}
          {[...changes].slice(0, few).map(({ field }) => (
            <MenuItem key={field.name} icon={Filter} run={() => onlyField(field.name)}>
              {t('history.ofField', { label: labelOf(type, field) })}
            </MenuItem>
          ))}
          {!fixed && (
            <>
              <MenuSeparator />
              <MenuItem icon={Undo2} run={() => void takeBack()}>
                {t('history.undo')}
              </MenuItem>
            </>
          )}
        </Menu>
      }
    >
      {told.length > 0 && (
        <ul className={styles.changes}>
          {told.map((one) => (
            <ChangeLine
              key={one.field.name}
              type={type}
              row={row}
              changed={one}
              names={names}
              isNew={isNew}
              isSaid={isSaid}
              fixed={fixed}
            />
          ))}
        </ul>
      )}
      {rest > 0 && (
        <Button small look="quiet" className={styles.rest} aria-expanded={all} onClick={() => setAll(true)}>
          {isNew ? t('history.values', { count: rest }) : t('history.rest', { count: rest })}
        </Button>
      )}
      {all && (
        <Button small look="quiet" className={styles.rest} aria-expanded onClick={() => setAll(false)}>
          {t('history.less')}
        </Button>
      )}
    </Item>
  );
}

type ChangeProps = Pick<OwnProps, 'type' | 'row' | 'names' | 'fixed'> & {
  readonly changed: Changed;
  readonly isNew: boolean;
  readonly isSaid: boolean;
};

function ChangeLine({ type, row, changed: { field, change: told }, names, isNew, isSaid, fixed }: ChangeProps) {
  const change = useChange(type);
  const now = valueIn(row, field) ?? null;
  const isBack = JSON.stringify(now) === JSON.stringify(told.old);
  const canRestore = !fixed && !isNew && !isBack && isEditable(field) && Boolean(type.graph.update);
  const label = labelOf(type, field);
  return (
    <li className={cx(styles.change, isSaid && styles.said)}>
      <span className={isSaid ? 'unseen' : styles.field}>{label}</span>
      <span className={styles.values}>
        {!isNew && (
          <>
            <span className={isBlank(told.old) ? undefined : styles.old}>
              <RawValue type={type} field={field} value={told.old} names={names} />
            </span>
            <ArrowRight size={12} aria-label={t('history.to')} />
          </>
        )}
        <span className={styles.new}>
          <RawValue type={type} field={field} value={told.new} names={names} />
        </span>
      </span>
      {canRestore && (
        <IconButton
          label={t('history.restore', { label })}
          icon={RotateCcw}
          className={styles.restore}
          onClick={() => void change({ row, values: { [field.name]: told.old }, base: { [field.name]: now } })}
        />
      )}
    </li>
  );
}

/** Something that happened to what belongs to the record. */
export function RelatedLine({ line: { happening, what } }: { readonly line: Extract<Line, { of: 'related' }> }) {
  const model = useModel();
  const [service, record] = happening.record.split('.');
  const of = model.types.find((type) => type.service === service && type.record === record);
  const Icon = of ? iconOf(of) : Footprints;
  const { names, facts } = happening;
  const [from, to] = [facts?.from, facts?.to].map((id) => names?.[String(id)]);
  return (
    <Item
      icon={<Icon size={13} aria-hidden />}
      at={happening.at}
      sentence={
        <>
          <strong>{happening.actor}</strong> {doneOf(what, { label: of ? oneWithin(of) : '' })}{' '}
          {of && (
            <Link href={`/${of.plural}/${happening.recordId}`} className={styles.link}>
              {happening.name ?? t('list.untitled')}
            </Link>
          )}
        </>
      }
      facts={factsOf(facts)}
    >
      {from && to && (
        <p className={styles.values}>
          <span className={styles.old}>{from}</span>
          <ArrowRight size={12} aria-label={t('history.to')} />
          <span className={styles.new}>{to}</span>
        </p>
      )}
    </Item>
  );
}

type ItemProps = {
  readonly icon: ReactNode;
  readonly at: string;
  readonly door?: string;
  readonly sentence: ReactNode;
  readonly facts: readonly (readonly [string, string])[];
  readonly menu?: ReactNode;
  readonly children: ReactNode;
};

const Item = ({ icon, at, door, sentence, facts, menu, children }: ItemProps) => (
  <li className={styles.line}>
    <span className={styles.icon}>{icon}</span>
    <div className={styles.body}>
      <div className={styles.first}>
        <p className={styles.sentence}>{sentence}</p>
        <span className={styles.when}>
          <time dateTime={at} title={formatInstantFully(at)}>
            {formatTime(at)}
          </time>
          {door && ` · ${door}`}
        </span>
        {menu}
      </div>
      {children}
      {facts.map(([name, value]) => (
        <p key={name} className={styles.fact}>
          {factLabel(name)}: {value}
        </p>
      ))}
    </div>
  </li>
);
