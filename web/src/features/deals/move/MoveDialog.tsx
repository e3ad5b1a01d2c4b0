import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { type RecordType, useModel } from '@/api/model';
import { findRecords } from '@/api/search';
import { type Row, titleOf } from '@/api/values';
import { labelOf } from '@/features/labels';
import { FieldEditor } from '@/features/records/fields/FieldEditor';
import { isAbout, saidOf, sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Checkbox } from '@/ui/Checkbox';
import { Combobox } from '@/ui/Combobox';
import { Dialog } from '@/ui/Dialog';
import { Field, TextArea, TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import styles from './MoveDialog.module.css';
import { type Move, type Moved, type Need, type Said, sliceOf } from './send';

type Props = {
  readonly type: RecordType;
  readonly move: Move;
  readonly need: Need;
  readonly refused?: Moved;
  readonly mayOverride: boolean;
  readonly submit: (said: Said) => Promise<Moved>;
  readonly cancel: () => void;
};

// What the dialog asks for by itself is not asked for twice.
const reasons = new Set(['winReason', 'lossReason']);

/** What has to be said before a deal moves: why, what the stage needs, what was to be done. It stays, with all that was typed, until that is enough. */
export function MoveDialog({ type, move, need: first, refused: before, mayOverride, submit, cancel }: Props) {
  const slice = sliceOf(move);
  const [need, setNeed] = useState(first);
  const [said, setSaid] = useState<Said>({});
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  const [shown, setShown] = useState<Readonly<Record<string, Row | null>>>({});
  const [refused, setRefused] = useState(before);
  const [passes, setPasses] = useState(Boolean(first.allowed));
  const [sending, setSending] = useState(false);
  const fields = need.fields.filter((name) => !reasons.has(name)).flatMap((name) => type.field(name) ?? []);
  const refusal = refused && !refused.ok ? refused.refusal : undefined;
  const problems = refusal?.problems ?? [];
  const errorAt = (name: string) => saidOf(refusal, name);
  const own = ['reason', 'winReason', 'lossReason', 'closeNote', 'competitorId', 'override', 'done', ...fields.map(({ name }) => name)];
  const isTold = problems.length > 0 && problems.every(({ field }) => own.some((name) => isAbout(field, name)));
  const elsewhere = refusal && !need.allowed && !isTold ? sentenceOf(refusal, type) : null;
  const form = useRef<HTMLFormElement>(null);
  // The first thing to be said, whatever it is entered with.
  const begin = useMemo(
    () => ({
      get current() {
        return form.current?.querySelector<HTMLElement>('input, textarea, [role=combobox], [role=checkbox]') ?? null;
      },
    }),
    [],
  );

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const moved = await submit({ ...said, fields: asFields(values), ...(passes ? {} : { override: undefined }) });
    setSending(false);
    if (moved.ok) return;
    setRefused(moved);
    if (moved.need) {
      const { fields: more, undone, allowed } = moved.need;
      setNeed((known) => ({
        fields: [...new Set([...known.fields, ...more])],
        undone: [...new Set([...known.undone, ...undone])],
        allowed,
      }));
      if (allowed && mayOverride) setPasses(true);
    }
  };
  const toggle = (item: string, on: boolean) =>
    setSaid({ ...said, done: on ? [...(said.done ?? []), item] : (said.done ?? []).filter((one) => one !== item) });

  return (
    <Dialog
      open
      close={cancel}
      title={t(`deal.ask.${slice}`, { stage: move.to.name })}
      description={titleOf(type, move.deal)}
      focus={begin}
      footer={
        <>
          <Button onClick={cancel}>{t('cancel')}</Button>
          <Button form="deal-move" type="submit" look="primary" disabled={sending}>
            {t(`deal.do.${slice}`)}
          </Button>
        </>
      }
    >
      <form ref={form} id="deal-move" className={styles.form} onSubmit={send}>
        {slice !== 'moveDeal' && (
          <Reason
            slice={slice}
            value={said.reason ?? ''}
            set={(reason) => setSaid({ ...said, reason })}
            error={errorAt('reason') ?? errorAt('winReason') ?? errorAt('lossReason')}
          />
        )}
        {slice === 'loseDeal' && (
          <Competitor choose={(competitorId) => setSaid({ ...said, competitorId })} error={errorAt('competitorId')} />
        )}
        {fields.length > 0 && <p className={styles.lead}>{t('deal.needed', { stage: move.to.name })}</p>}
        {fields.map((field) => (
          <Field key={field.name} label={labelOf(type, field)} required error={field.name in values ? errorAt(field.name) : null}>
            {(bound) => (
              <FieldEditor
                {...bound}
                type={type}
                field={field}
                value={values[field.name]}
                referred={shown[field.name]}
                set={(value, more) => {
                  setValues((known) => ({ ...known, [field.name]: value }));
                  if (more && 'referred' in more) setShown((known) => ({ ...known, [field.name]: more.referred ?? null }));
                }}
              />
            )}
          </Field>
        ))}
        {need.undone.length > 0 && (
          <fieldset className={styles.list} disabled={passes}>
            <legend>{t('deal.toBeDone', { stage: move.from.name })}</legend>
            {need.undone.map((item) => (
              // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
              <label key={item} className={styles.item}>
                <Checkbox label={item} checked={said.done?.includes(item) ?? false} set={(on) => toggle(item, on)} />
                {item}
              </label>
            ))}
            {refused !== before && errorAt('done') && (
              <p className={styles.problem} role="alert">
                {errorAt('done')}
              </p>
            )}
          </fieldset>
        )}
        {(slice === 'winDeal' || slice === 'loseDeal') && (
          <Field label={t('deal.note')} error={errorAt('closeNote')}>
            {({ id }) => <TextArea id={id} value={said.note ?? ''} onChange={(event) => setSaid({ ...said, note: event.target.value })} />}
          </Field>
        )}
        {need.allowed && (
          <p className={styles.lead}>
            {t('deal.notForeseen', { from: move.from.name, to: move.to.name })}{' '}
            {need.allowed.length > 0 && t('deal.leadsTo', { stages: need.allowed.join(', ') })}
          </p>
        )}
        {mayOverride && !need.allowed && need.undone.length > 0 && (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
          <label className={styles.item}>
            <Checkbox label={t('deal.goOnAnyway')} checked={passes} set={setPasses} />
            {t('deal.goOnAnyway')}
          </label>
        )}
        {passes && mayOverride && slice !== 'reopenDeal' && (
          <Field label={t('deal.overrideWhy')} required error={errorAt('override')}>
            {({ id }) => (
              <TextInput
                id={id}
                autoFocus
                value={said.override ?? ''}
                onChange={(event) => setSaid({ ...said, override: event.target.value })}
              />
            )}
          </Field>
        )}
        {elsewhere && (
          <p className={styles.problem} role="alert">
            {elsewhere}
          </p>
        )}
      </form>
    </Dialog>
  );
}

// A tenant's own fields stand in `custom`, as everywhere.
function asFields(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values))
    if (name.startsWith('custom.')) fields.custom = { ...(fields.custom as object | undefined), [name.slice(7)]: value };
    else fields[name] = value;
  return fields;
}

const settings = 'query Reasons { pipelineSettingsList(first: 1) { nodes { id winReasons lossReasons } } }';
type Settings = { pipelineSettingsList: { nodes: { winReasons?: string[]; lossReasons?: string[] }[] } | null };

type ReasonProps = {
  readonly slice: 'winDeal' | 'loseDeal' | 'reopenDeal';
  readonly value: string;
  readonly set: (reason: string) => void;
  readonly error: string | null;
};

/** In the words a company has agreed on, where it has. */
function Reason({ slice, value, set, error }: ReasonProps) {
  const model = useModel();
  const seen = model.byPlural('pipelineSettings');
  const knows = Boolean(seen?.field('winReasons') && seen.field('lossReasons'));
  const [{ data }] = useQuery<Settings>({ query: settings, pause: !knows || slice === 'reopenDeal' });
  const [node] = data?.pipelineSettingsList?.nodes ?? [];
  const agreed = (slice === 'winDeal' ? node?.winReasons : slice === 'loseDeal' ? node?.lossReasons : undefined) ?? [];
  return (
    <Field label={t(`deal.why.${slice}`)} required error={error}>
      {(bound) =>
        agreed.length ? (
          <Select
            {...bound}
            value={value || null}
            none={t('deal.chooseReason')}
            options={agreed.map((reason) => ({ value: reason, label: reason }))}
            choose={(reason) => set(reason ?? '')}
          />
        ) : (
          <TextInput
            id={bound.id}
            aria-describedby={bound.describedBy}
            aria-invalid={bound.invalid || undefined}
            autoFocus
            maxLength={200}
            value={value}
            onChange={(event) => set(event.target.value)}
          />
        )
      }
    </Field>
  );
}

type Rival = { readonly value: string; readonly label: string };

/** Who has won instead. */
function Competitor({ choose, error }: { readonly choose: (id: string | undefined) => void; readonly error: string | null }) {
  const model = useModel();
  const type = model.byPlural('competitors');
  const [words, setWords] = useState('');
  const [found, setFound] = useState<readonly Rival[] | undefined>();
  const [rival, setRival] = useState<Rival | null>(null);
  const isSeen = Boolean(type?.graph.list);
  useEffect(() => {
    if (!type || !isSeen) return;
    let current = true;
    const show = (rows: readonly Row[]) => current && setFound(rows.map((row) => ({ value: row.id, label: titleOf(type, row) })));
    findRecords(model, type, words).then(show, () => show([]));
    return () => {
      current = false;
    };
  }, [model, type, words, isSeen]);
  const items = useMemo(() => found ?? [], [found]);
  if (!isSeen) return null;
  return (
    <Field label={t('deal.lostTo')} error={error}>
      {(bound) => (
        <Combobox
          {...bound}
          value={rival}
          items={items}
          searching={!found}
          onType={setWords}
          choose={(next) => {
            setRival(next);
            choose(next?.value);
          }}
        />
      )}
    </Field>
  );
}
