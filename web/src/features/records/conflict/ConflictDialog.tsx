import { useEffect, useState } from 'react';
import { type Entry, lastChange } from '@/api/history';
import { useNames } from '@/api/names';
import { titleOf } from '@/api/values';
import { labelOf, oneOf } from '@/features/labels';
import { formatAgo, formatInstantFully } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { useStore } from '@/lib/store';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { RadioCard } from '@/ui/RadioCard';
import { RawValue } from '../fields/RawValue';
import styles from './ConflictDialog.module.css';
import { type Asked, asked, type Side } from './conflicts';

/** Shows both sides of a conflict, wherever it came up. */
export function ConflictDialog() {
  const open = useStore(asked);
  // What was asked stays in sight while the dialog goes.
  const [last, setLast] = useState(open);
  if (open && open !== last) setLast(open);
  if (!last) return null;
  return <Sides key={last.conflicts.map((one) => JSON.stringify(one)).join()} of={last} open={open === last} />;
}

function Sides({ of, open }: { readonly of: Asked; readonly open: boolean }) {
  const { type, row, conflicts, shown, answer } = of;
  const [choice, setChoice] = useState<Readonly<Record<string, Side>>>({});
  const changes = useChanges(of);
  const fields = conflicts.flatMap((conflict) => {
    const field = type.field(conflict.field);
    return field ? [{ field, conflict }] : [];
  });
  const known = useNames(
    fields.flatMap(({ field, conflict }) => [conflict.base, conflict.wanted, conflict.current].map((value) => ({ type, field, value }))),
  );
  const names = new Map([...known, ...Object.values(shown).flatMap((one) => (one ? [[one.id, String(titleOfAny(one))] as const] : []))]);
  const isDecided = fields.every(({ field }) => choice[field.name]);
  const all = (side: Side) => setChoice(Object.fromEntries(fields.map(({ field }) => [field.name, side])));
  return (
    <Dialog
      open={open}
      close={() => answer(undefined)}
      title={t('conflict.title')}
      description={t('conflict.text', { title: titleOf(type, row) || oneOf(type) })}
      place="wide"
      footer={
        <>
          {fields.length > 1 && (
            <span className={styles.all}>
              <Button small look="quiet" onClick={() => all('mine')}>
                {t('conflict.allMine')}
              </Button>
              <Button small look="quiet" onClick={() => all('theirs')}>
                {t('conflict.allTheirs')}
              </Button>
            </span>
          )}
          <Button onClick={() => answer(undefined)}>{t('conflict.later')}</Button>
          <Button look="primary" disabled={!isDecided} onClick={() => answer(choice)}>
            {t('save')}
          </Button>
        </>
      }
    >
      {fields.map(({ field, conflict }) => {
        const change = changes[field.name];
        const who = change?.actor?.name ?? t('conflict.somebody');
        const card = (side: Side, value: unknown, says: string, when?: string) => (
          <RadioCard name={field.name} checked={choice[field.name] === side} choose={() => setChoice({ ...choice, [field.name]: side })}>
            <span className={styles.says}>
              {says}
              {when && (
                <time dateTime={when} title={formatInstantFully(when)}>
                  {formatAgo(when)}
                </time>
              )}
            </span>
            <span className={styles.value}>
              <RawValue type={type} field={field} value={value} names={names} />
            </span>
          </RadioCard>
        );
        return (
          <fieldset key={field.name} className={styles.field}>
            <legend>{labelOf(type, field)}</legend>
            <div className={styles.sides}>
              {card('mine', conflict.wanted, t('conflict.mine'))}
              {card('theirs', conflict.current, who, change?.at)}
            </div>
            <p className={styles.before}>
              {t('conflict.before')} <RawValue type={type} field={field} value={conflict.base} names={names} />
            </p>
          </fieldset>
        );
      })}
    </Dialog>
  );
}

const titleOfAny = (row: Readonly<Record<string, unknown>>) =>
  ['displayName', 'name', 'title', 'subject', 'number', 'label'].map((name) => row[name]).find((value) => typeof value === 'string') ?? '';

function useChanges({ type, row, conflicts }: Asked): Readonly<Record<string, Entry>> {
  const [changes, setChanges] = useState<Readonly<Record<string, Entry>>>({});
  useEffect(() => {
    let current = true;
    for (const { field } of conflicts)
      lastChange(type, row.id, field).then(
        (entry) => current && entry && setChanges((now) => ({ ...now, [field]: entry })),
        () => undefined,
      );
    return () => {
      current = false;
    };
  }, [type, row.id, conflicts]);
  return changes;
}
