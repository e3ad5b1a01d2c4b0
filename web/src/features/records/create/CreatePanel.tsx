import ChevronDown from 'lucide-react/icons/chevron-down';
import CopyCheck from 'lucide-react/icons/copy-check';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Link } from 'wouter';
import { createRecord } from '@/api/changes';
import { type Duplicate, findDuplicates, telling } from '@/api/duplicates';
import { type FieldModel, type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { type Row, titleOf } from '@/api/values';
import { labelOf, oneOf } from '@/features/labels';
import { Problems } from '@/features/Problems';
import { saidOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { DiscardDialog } from '@/ui/DiscardDialog';
import { Field } from '@/ui/Field';
import { tellDone } from '../change';
import { FieldEditor } from '../fields/FieldEditor';
import { formFields } from '../form';
import styles from './CreatePanel.module.css';

type Values = Readonly<Record<string, unknown>>;
type Props = {
  readonly type: RecordType;
  readonly open: boolean;
  readonly close: () => void;
  readonly created: (row: Row) => void;
  /** What is known from where it was opened: the account of a contact. */
  readonly begin?: Values;
  /** The records that the references in it lead to. */
  readonly beginReferred?: Readonly<Record<string, Row | null>>;
};

/** A record is entered beside the list. What was typed stays until it is saved or thrown away. */
export function CreatePanel({ type, open, close, created, begin, beginReferred }: Props) {
  const [isDirty, setDirty] = useState(false);
  const [asks, setAsks] = useState(false);
  const first = useRef<HTMLElement>(null);
  const form = useId();
  const end = () => {
    setDirty(false);
    setAsks(false);
    close();
  };
  return (
    <>
      <Dialog
        open={open}
        close={() => (isDirty ? setAsks(true) : end())}
        title={t('change.new', { label: oneOf(type) })}
        place="right"
        focus={first}
      >
        <Form
          id={form}
          type={type}
          begin={begin ?? {}}
          beginReferred={beginReferred ?? {}}
          touched={() => setDirty(true)}
          close={end}
          created={created}
          first={first}
        />
      </Dialog>
      <DiscardDialog open={asks} keep={() => setAsks(false)} discard={end} />
    </>
  );
}

type FormProps = Pick<Props, 'type' | 'close' | 'created'> & {
  readonly id: string;
  readonly begin: Values;
  readonly beginReferred: Readonly<Record<string, Row | null>>;
  readonly touched: () => void;
  readonly first: React.RefObject<HTMLElement | null>;
};

function Form({ id, type, begin, beginReferred, touched, close, created, first }: FormProps) {
  const model = useModel();
  const [values, setValues] = useState<Values>(begin);
  const [referred, setReferred] = useState<Readonly<Record<string, Row | null>>>(beginReferred);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [all, setAll] = useState(false);
  const [round, setRound] = useState(0);
  // Sent twice, it is entered once.
  const key = useRef(crypto.randomUUID());
  const { usual, others } = formOf(type, begin);
  const duplicates = useDuplicates(type, values);
  const isBlocked =
    refusal?.problems.some((problem) => problem.code === 'possible_duplicate') &&
    type.inputs.some((field) => field.name === 'allowDuplicate');
  const container = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever goes on begins at the top.
  useEffect(() => {
    const input = container.current?.querySelector<HTMLElement>('input,textarea,button');
    first.current = input ?? null;
    if (round) input?.focus();
  }, [round]);

  const save = async (more: boolean, anyway = false) => {
    const lacking = new Set(
      [...usual, ...others].filter((field) => field.required && isEmpty(values[field.name])).map((field) => field.name),
    );
    setMissing(lacking);
    if (lacking.size) return focusOn(container.current, [...lacking]);
    setBusy(true);
    const outcome = await createRecord(model, type, anyway ? { ...values, allowDuplicate: true } : values, key.current);
    setBusy(false);
    if (!outcome.ok) {
      key.current = crypto.randomUUID();
      setRefusal(outcome.refusal);
      const refused = outcome.refusal.problems.flatMap((problem) => problem.field ?? []);
      if (others.some((field) => refused.includes(field.name))) setAll(true);
      return focusOn(container.current, refused);
    }
    key.current = crypto.randomUUID();
    setRefusal(undefined);
    const { row } = outcome;
    if (row) created(row);
    tellDone(t('change.created', { title: (row && titleOf(type, row)) || oneOf(type) }), outcome.operation);
    if (!more) return close();
    setValues(begin);
    setReferred(beginReferred);
    setRound(round + 1);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save(false);
  };
  const set = (field: FieldModel) => (value: unknown, also?: { referred?: Row | null }) => {
    touched();
    setValues((now) => ({ ...now, [field.name]: value }));
    if (also && 'referred' in also) setReferred((now) => ({ ...now, [field.name]: also.referred ?? null }));
  };
  const shown = all ? [...usual, ...others] : usual;

  return (
    <form
      id={id}
      ref={container}
      noValidate
      className={styles.form}
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save(event.shiftKey);
        }
      }}
    >
      <Problems refusal={refusal} shown={shown.map((field) => field.name)} type={type}>
        {isBlocked && (
          <Button small onClick={() => void save(false, true)}>
            {t('change.anyway')}
          </Button>
        )}
      </Problems>
      {shown.map((field) => (
        <Field
          key={`${round} ${field.name}`}
          label={labelOf(type, field)}
          required={field.required}
          help={field.help}
          error={missing.has(field.name) && isEmpty(values[field.name]) ? t('change.required') : saidOf(refusal, field.name)}
        >
          {({ id: bound, describedBy, invalid }) => (
            <div data-field={field.name}>
              <FieldEditor
                type={type}
                field={field}
                id={bound}
                describedBy={describedBy}
                invalid={invalid}
                value={values[field.name] ?? null}
                referred={referred[field.name]}
                set={set(field)}
              />
            </div>
          )}
        </Field>
      ))}
      {!all && others.length > 0 && (
        <div>
          <Button small look="quiet" icon={ChevronDown} onClick={() => setAll(true)}>
            {t('change.moreFields')}
          </Button>
        </div>
      )}
      {duplicates.length > 0 && (
        <section className={styles.duplicates} aria-live="polite">
          <h3>
            <CopyCheck size={14} aria-hidden />
            {t('change.duplicates')}
          </h3>
          <ul>
            {duplicates.slice(0, 4).map((one) => (
              <li key={one.id}>
                <Link href={`/${type.plural}/${one.id}`}>{one.name ?? t('list.untitled')}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={styles.end}>
        <Button disabled={busy} onClick={() => void save(true)}>
          {t('change.createMore')}
        </Button>
        <Button look="primary" type="submit" disabled={busy}>
          {t('create')}
        </Button>
      </div>
    </form>
  );
}

/** What is known from where it was opened is shown, too. */
function formOf(type: RecordType, begin: Values) {
  const { usual, others } = formFields(type);
  const known = others.filter((field) => field.name in begin);
  return { usual: [...known, ...usual], others: others.filter((field) => !known.includes(field)) };
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function focusOn(form: HTMLElement | null, names: readonly string[]) {
  requestAnimationFrame(() => {
    for (const holder of form?.querySelectorAll<HTMLElement>('[data-field]') ?? [])
      if (names.includes(holder.dataset.field ?? '')) return holder.querySelector<HTMLElement>('input,textarea,button')?.focus();
  });
}

const settleMs = 250;

function useDuplicates(type: RecordType, values: Values): readonly Duplicate[] {
  const model = useModel();
  const [found, setFound] = useState<readonly Duplicate[]>([]);
  const told = JSON.stringify(telling(model, type, values) ?? null);
  useEffect(() => {
    const by = JSON.parse(told) as Record<string, string> | null;
    if (!by) return setFound([]);
    let current = true;
    const wait = setTimeout(() => {
      findDuplicates(type, by).then(
        (records) => current && setFound(records),
        () => undefined,
      );
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(wait);
    };
  }, [type, told]);
  return found;
}
