import X from 'lucide-react/icons/x';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { createRecord, deleteRecord, editRecord, type Outcome } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import type { Row } from '@/api/values';
import { oneOf } from '@/features/labels';
import { tellDone } from '@/features/records/change';
import { isAbout, saidOf, sentenceOf } from '@/features/refusals';
import type { Money } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { parseDecimal, writeDecimal } from '@/lib/parse';
import { preferences } from '@/lib/preferences';
import { Button, IconButton } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Field, TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import { toast } from '@/ui/toasts';
import { formatSum } from '../amounts';
import styles from './AdjustDialog.module.css';
import type { Line } from './ForecastGrid';

type Props = {
  readonly line: Line;
  readonly period: string;
  readonly currency: string;
  readonly close: () => void;
  readonly changed: () => void;
};

/** What a manager expects beside the deals of a line, and what is to be reached. No deal is changed by either. */
export function AdjustDialog({ line, period, currency, close, changed }: Props) {
  const model = useModel();
  const adjustments = model.byPlural('forecastAdjustments');
  const quotas = model.byPlural('quotas');
  const whose = line.teamId ? { forTeamId: line.teamId } : { forUserId: line.userId };
  return (
    <Dialog open close={close} title={t('forecast.adjustOf', { name: line.name ?? '' })} description={t('forecast.adjustText')}>
      <div className={styles.parts}>
        {adjustments?.graph.create && (
          <Adjust type={adjustments} line={line} values={{ period, ...whose }} currency={currency} changed={changed} />
        )}
        {quotas?.graph.create && (
          <QuotaOf type={quotas} line={line} period={period} values={{ period, ...whose }} currency={currency} changed={changed} />
        )}
      </div>
    </Dialog>
  );
}

type PartProps = {
  readonly type: RecordType;
  readonly line: Line;
  readonly values: Readonly<Record<string, unknown>>;
  readonly currency: string;
  readonly changed: () => void;
};

type Category = 'pipeline' | 'bestCase' | 'commit';

function Adjust({ type, line, values, currency, changed }: PartProps) {
  const model = useModel();
  const [category, setCategory] = useState<Category>('commit');
  const [amount, setAmount] = useState('');
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const key = useRef(crypto.randomUUID());
  const errorAt = (name: string) => saidOf(refusal, name);
  const isElsewhere = refusal && !refusal.problems.some(({ field }) => ['amount', 'note', 'category'].some((name) => isAbout(field, name)));

  const add = async (event: FormEvent) => {
    event.preventDefault();
    const digits = parseDecimal(amount.replace('−', '-'), preferences.get().language);
    const outcome = await createRecord(
      model,
      type,
      { ...values, category, ...(amount.trim() && { amount: { amount: digits ?? amount, currency } }), ...(note.trim() && { note }) },
      key.current,
    );
    if (!outcome.ok) {
      key.current = crypto.randomUUID();
      return setRefusal(outcome.refusal);
    }
    key.current = crypto.randomUUID();
    setRefusal(undefined);
    setAmount('');
    setNote('');
    tellDone(t('forecast.adjusted'), outcome.operation, changed);
    changed();
  };
  const remove = async (id: string) => {
    const outcome = await deleteRecord(model, type, id);
    if (outcome.ok) tellDone(t('forecast.adjustmentGone'), outcome.operation, changed);
    else toast({ text: t('change.failed', { label: oneOf(type) }), detail: sentenceOf(outcome.refusal), bad: true });
    changed();
  };

  return (
    <form onSubmit={add} className={styles.form}>
      {line.adjustments.length > 0 && (
        <ul className={styles.list}>
          {line.adjustments.map((one) => (
            <li key={one.id} className={styles.item}>
              <span className={styles.amount}>{formatSum(one.amount, currency)}</span>
              <span className={styles.note}>
                {one.note}
                <small>{[t(`forecast.${one.category as Category}`), one.by].filter(Boolean).join(' · ')}</small>
              </span>
              {type.graph.delete && <IconButton label={t('remove')} icon={X} onClick={() => remove(one.id)} />}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.pair}>
        <Field label={t('forecast.category')} error={errorAt('category')}>
          {(bound) => (
            <Select<Category>
              {...bound}
              value={category}
              options={(['pipeline', 'bestCase', 'commit'] as const).map((value) => ({ value, label: t(`forecast.${value}`) }))}
              choose={(next) => next && setCategory(next)}
            />
          )}
        </Field>
        <Field label={t('forecast.by', { currency })} required error={errorAt('amount')}>
          {({ id, describedBy, invalid }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              placeholder={t('forecast.byHow')}
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field label={t('forecast.why')} required error={errorAt('note')}>
        {({ id, describedBy, invalid }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      {isElsewhere && (
        <p className={styles.problem} role="alert">
          {sentenceOf(refusal)}
        </p>
      )}
      <Button type="submit" look="primary" small className={styles.send}>
        {t('forecast.adjust')}
      </Button>
    </form>
  );
}

const document = 'query QuotaOf($filter: String) { quotas(filter: $filter, first: 1) { nodes { __typename id version amount } } }';

function QuotaOf({ type, line, period, values, currency, changed }: PartProps & { readonly period: string }) {
  const model = useModel();
  const whose = line.teamId ? `forTeamId = "${line.teamId}"` : `forUserId = "${line.userId}"`;
  const [{ data, fetching }, run] = useQuery<{ quotas: { nodes: Row[] } | null }>({
    query: document,
    variables: useMemo(() => ({ filter: `period = "${period}" and ${whose}` }), [period, whose]),
    requestPolicy: 'network-only',
  });
  const known = data?.quotas?.nodes[0];
  const { language } = preferences.get();
  const [text, setText] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const before = known?.amount ? writeDecimal((known.amount as Money).amount, language) : '';
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const typed = (text ?? before).trim();
    const amount = { amount: parseDecimal(typed, language) ?? typed, currency };
    let outcome: Outcome;
    if (known && !typed) outcome = await deleteRecord(model, type, known.id);
    else if (known) outcome = await editRecord(model, type, { row: known, values: { amount }, base: { amount: known.amount } });
    else outcome = await createRecord(model, type, { ...values, amount }, crypto.randomUUID());
    if (!outcome.ok) return setRefusal(outcome.refusal);
    setRefusal(undefined);
    setText(undefined);
    run({ requestPolicy: 'network-only' });
    tellDone(t('change.saved'), outcome.operation, changed);
    changed();
  };
  return (
    <form onSubmit={save} className={styles.quota}>
      <Field
        label={t('forecast.quotaIn', { currency })}
        error={refusal ? (saidOf(refusal, 'amount') ?? sentenceOf(refusal, type)) : null}
        help={line.teamId ? t('forecast.quotaHelp') : null}
      >
        {({ id, describedBy, invalid }) => (
          <span className={styles.row}>
            <TextInput
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              inputMode="decimal"
              disabled={fetching && !data}
              value={text ?? before}
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" disabled={(text ?? before) === before}>
              {t('save')}
            </Button>
          </span>
        )}
      </Field>
    </form>
  );
}
