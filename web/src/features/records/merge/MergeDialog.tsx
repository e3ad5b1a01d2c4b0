import ArrowLeftRight from 'lucide-react/icons/arrow-left-right';
import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { readRecord } from '@/api/changes';
import { type Duplicate, findDuplicates, telling } from '@/api/duplicates';
import { useRecord } from '@/api/hooks';
import { type FieldModel, isEditable, type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { runSlice } from '@/api/slices';
import { type Row, titleOf, valueIn } from '@/api/values';
import { labelOf, oneWithin } from '@/features/labels';
import { Problems } from '@/features/Problems';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Combobox } from '@/ui/Combobox';
import { Dialog } from '@/ui/Dialog';
import { Skeleton } from '@/ui/Skeleton';
import { tellDone } from '../change';
import { FieldValue } from '../fields/FieldValue';
import { isBlank } from '../fields/RawValue';
import type { DialogProps } from '../page/parts';
import { useFound } from '../useFound';
import styles from './MergeDialog.module.css';

/** Makes one record of two that are the same: which one stays, and whose value of each field. */
export function MergeDialog({ type, row, open, close }: DialogProps) {
  const model = useModel();
  const [, go] = useLocation();
  const [other, setOther] = useState<string | undefined>();
  const [isSwapped, setSwapped] = useState(false);
  const [choice, setChoice] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [busy, setBusy] = useState(false);
  const names = useMemo(() => type.fields.filter((field) => field.graph.name).map((field) => field.name), [type]);
  const merge = async () => {
    if (!other) return;
    const [winner, loser] = isSwapped ? [other, row.id] : [row.id, other];
    setBusy(true);
    const outcome = await runSlice(`merge${type.graph.type}s`, winner, { loser, fields: choice }, crypto.randomUUID());
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome.refusal);
    await readRecord(model, type, winner, names);
    tellDone(t('merge.done', { title: titleOf(type, row) }), outcome.operation, () => void readRecord(model, type, winner, names));
    close();
    if (isSwapped) go(`/${type.plural}/${winner}`, { replace: true });
  };
  return (
    <Dialog
      open={open}
      close={close}
      place="wide"
      title={t('merge.title')}
      description={other ? t('merge.text') : titleOf(type, row)}
      footer={
        <>
          {other && (
            <Button
              look="quiet"
              className={styles.back}
              onClick={() => {
                setOther(undefined);
                setChoice({});
                setRefusal(undefined);
              }}
            >
              {t('merge.another')}
            </Button>
          )}
          <Button onClick={close}>{t('cancel')}</Button>
          <Button look="primary" disabled={!other || busy} onClick={() => void merge()}>
            {t('merge.run')}
          </Button>
        </>
      }
    >
      <Problems refusal={refusal} type={type} />
      {other ? (
        <Compare
          type={type}
          row={row}
          other={other}
          names={names}
          choice={choice}
          choose={(name, id) => setChoice({ ...choice, [name]: id })}
          isSwapped={isSwapped}
          swap={() => setSwapped(!isSwapped)}
        />
      ) : (
        <Find type={type} row={row} choose={setOther} />
      )}
    </Dialog>
  );
}

type FindProps = { readonly type: RecordType; readonly row: Row; readonly choose: (id: string) => void };

function Find({ type, row, choose }: FindProps) {
  const model = useModel();
  const [words, setWords] = useState('');
  const [likely, setLikely] = useState<readonly Duplicate[]>([]);
  useEffect(() => {
    let current = true;
    const by = telling(model, type, row);
    if (by)
      findDuplicates(type, by).then(
        (found) => current && setLikely(found.filter((one) => one.id !== row.id)),
        () => undefined,
      );
    return () => {
      current = false;
    };
  }, [model, type, row]);
  const found = useFound(type, words);
  const items = (found ?? [])
    .filter((one) => one.id !== row.id)
    .map((one) => ({ value: one.id, label: titleOf(type, one) || t('list.untitled') }));
  return (
    <div className={styles.find}>
      {likely.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('merge.likely')}</h3>
          <ul className={styles.likely}>
            {likely.map((one) => (
              <li key={one.id}>
                <Button onClick={() => choose(one.id)}>{one.name ?? t('list.untitled')}</Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Combobox
        label={t('merge.find', { label: oneWithin(type) })}
        placeholder={t('merge.find', { label: oneWithin(type) })}
        autoFocus
        value={null}
        items={items}
        searching={found === undefined}
        onType={setWords}
        choose={(next) => next && choose(next.value)}
      />
    </div>
  );
}

type CompareProps = {
  readonly type: RecordType;
  readonly row: Row;
  readonly other: string;
  readonly names: readonly string[];
  readonly choice: Readonly<Record<string, string>>;
  readonly choose: (name: string, id: string) => void;
  readonly isSwapped: boolean;
  readonly swap: () => void;
};

const united = new Set(['list', 'texts', 'multiChoice']);

function Compare({ type, row, other, names, choice, choose, isSwapped, swap }: CompareProps) {
  const { data } = useRecord(type, other, names);
  if (!data) return <Skeleton width="100%" height={160} />;
  const [winner, loser] = isSwapped ? [data, row] : [row, data];
  const fields = type.fields.filter(
    (field) =>
      field.graph.name &&
      (isEditable(field) || united.has(field.kind)) &&
      field.kind !== 'json' &&
      (!isBlank(valueIn(winner, field)) || !isBlank(valueIn(loser, field))),
  );
  const same = (field: FieldModel) => JSON.stringify(valueIn(winner, field)) === JSON.stringify(valueIn(loser, field));
  const open = fields.filter((field) => !same(field) && !united.has(field.kind));
  const lists = fields.filter((field) => !same(field) && united.has(field.kind));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            {titleOf(type, winner)} <span className={styles.stays}>{t('merge.stays')}</span>
          </th>
          <th scope="col">
            {titleOf(type, loser)} <span className={styles.goes}>{t('merge.goes')}</span>
            <Button small icon={ArrowLeftRight} onClick={swap}>
              {t('merge.swap')}
            </Button>
          </th>
        </tr>
      </thead>
      <tbody>
        {open.map((field) => {
          const blank = isBlank(valueIn(winner, field));
          const chosen = choice[field.name] ?? (blank ? loser.id : winner.id);
          return (
            <tr key={field.name}>
              <th scope="row">{labelOf(type, field)}</th>
              {[winner, loser].map((side) => (
                <td key={side.id}>
                  {isBlank(valueIn(side, field)) ? null : (
                    <label className={styles.side}>
                      <input
                        type="radio"
                        name={`merge-${field.name}`}
                        aria-label={`${labelOf(type, field)}: ${titleOf(type, side)}`}
                        checked={chosen === side.id}
                        onChange={() => choose(field.name, side.id)}
                      />
                      <span>
                        <FieldValue type={type} field={field} row={side} inList />
                      </span>
                    </label>
                  )}
                </td>
              ))}
            </tr>
          );
        })}
        {lists.map((field) => (
          <tr key={field.name}>
            <th scope="row">
              {labelOf(type, field)}
              <span className={styles.both}>{t('merge.both')}</span>
            </th>
            {[winner, loser].map((side) => (
              <td key={side.id}>
                <span className={styles.list}>
                  <FieldValue type={type} field={field} row={side} inList />
                </span>
              </td>
            ))}
          </tr>
        ))}
        {open.length + lists.length === 0 && (
          <tr>
            <td colSpan={3} className={styles.none}>
              {t('merge.same')}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
