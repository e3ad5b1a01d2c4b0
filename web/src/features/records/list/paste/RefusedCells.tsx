import { useState } from 'react';
import type { RecordType } from '@/api/model';
import { useNames } from '@/api/names';
import { titleOf } from '@/api/values';
import { labelOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { writeTable } from '@/lib/table';
import { Button } from '@/ui/Button';
import { Checkbox } from '@/ui/Checkbox';
import { Dialog } from '@/ui/Dialog';
import { toast } from '@/ui/toasts';
import { RawValue } from '../../fields/RawValue';
import { CellList, NewValue } from './CellLists';
import styles from './Paste.module.css';
import type { Change } from './plan';
import type { Refused } from './write';

type Props = {
  readonly type: RecordType;
  readonly written: number;
  readonly refused: readonly Refused[];
  readonly close: () => void;
  readonly write: (changes: readonly Change[]) => void;
};

/** What was not written stays in front of the person: to be written over what somebody else has changed, or to be taken elsewhere. */
export function RefusedCells({ type, written, refused, close, write }: Props) {
  const [wanted, setWanted] = useState<ReadonlySet<Refused>>(new Set());
  const conflicts = refused.filter(({ conflict }) => conflict);
  const names = useNames(conflicts.map(({ change, conflict }) => ({ type, field: change.field, value: conflict?.current })));
  const byCell = new Map(refused.map((one) => [one.change, one]));
  const toggle = (one: Refused, on: boolean) => {
    const next = new Set(wanted);
    on ? next.add(one) : next.delete(one);
    setWanted(next);
  };
  const all = conflicts.length > 0 && wanted.size === conflicts.length;
  const copy = () => {
    const rows = refused.map(({ change, why }) => [titleOf(type, change.row), labelOf(type, change.field), change.text, why]);
    const heads = [t('paste.record'), t('bulk.field'), t('bulk.to'), t('paste.why')];
    navigator.clipboard.writeText(writeTable([heads, ...rows], '\t')).then(
      () => toast({ text: t('paste.copied') }),
      () => toast({ text: t('paste.notCopied'), bad: true }),
    );
  };
  return (
    <Dialog
      open
      close={close}
      place="wide"
      title={t('paste.refused', { count: refused.length })}
      description={written ? t('paste.othersDone', { count: written }) : undefined}
      footer={
        <>
          {navigator.clipboard && (
            <span className={styles.first}>
              <Button look="quiet" onClick={copy}>
                {t('paste.copyRefused')}
              </Button>
            </span>
          )}
          <Button onClick={close}>{t('close')}</Button>
          {conflicts.length > 0 && (
            <Button
              look="primary"
              disabled={wanted.size === 0}
              onClick={() => write([...wanted].map(({ change, conflict }) => ({ ...change, before: conflict?.current ?? null })))}
            >
              {t('paste.mine', { count: wanted.size })}
            </Button>
          )}
        </>
      }
    >
      {conflicts.length > 1 && (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
        <label className={styles.all}>
          <Checkbox
            label={t('paste.allMine')}
            checked={all}
            some={!all && wanted.size > 0}
            set={(on) => setWanted(new Set(on ? conflicts : []))}
          />
          {t('paste.allMine')}
        </label>
      )}
      <CellList type={type} cells={refused.map(({ change }) => change)} title={t('paste.leftAsTheyWere', { count: refused.length })}>
        {(change) => {
          const one = byCell.get(change);
          if (!one) return null;
          const { conflict } = one;
          if (!conflict)
            return (
              <>
                <span className={styles.text}>{change.text}</span>
                <span className={styles.why}>{one.why}</span>
              </>
            );
          return (
            // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
            <label className={styles.conflict}>
              <Checkbox label={t('paste.writeMine')} checked={wanted.has(one)} set={(on) => toggle(one, on)} />
              {t('paste.writeMine')}: <NewValue type={type} change={change} />
              <span className={styles.why}>
                {t('paste.thereNow')} <RawValue type={type} field={change.field} value={conflict.current} names={names} />
              </span>
            </label>
          );
        }}
      </CellList>
    </Dialog>
  );
}
