import { useRef, useState } from 'react';
import { createRecord } from '@/api/changes';
import { isEditable, type RecordType, useModel } from '@/api/model';
import { type Row, valueIn, withoutTypes } from '@/api/values';
import { changeSettled } from '@/features/records/change';
import { usePosted } from './usePosted';

export type Values = Readonly<Record<string, unknown>>;

type Told = {
  readonly type: RecordType;
  readonly record: Row | undefined;
  readonly fields: readonly string[];
  readonly begin?: Values;
  /** Without the fields a tenant has added: they are shown elsewhere. */
  readonly plain?: boolean;
};

/** A record of the settings while it is edited: some of its fields, and all that the tenant has added. */
export function useSetUp({ type, record, fields, begin = {}, plain }: Told) {
  const model = useModel();
  const [values, setValues] = useState<Values>({});
  // What stood there when somebody began to change it.
  const [seen, setSeen] = useState<Values>({});
  const [referred, setReferred] = useState<Readonly<Record<string, Row | null>>>({});
  const [round, setRound] = useState(0);
  const key = useRef(crypto.randomUUID());
  const { busy, refusal, send, forget } = usePosted();
  const own = type.fields.filter((field) => field.origin === 'custom' && isEditable(field)).map((field) => field.name);
  const shown = [...fields, ...(plain ? [] : own)].flatMap((name) => type.field(name) ?? []);
  const before = (name: string): unknown => {
    const field = type.field(name);
    return withoutTypes(record ? field && valueIn(record, field) : begin[name]) ?? null;
  };
  const value = (name: string): unknown => (name in values ? values[name] : before(name));
  const changed = Object.keys(values).filter((name) => JSON.stringify(values[name]) !== JSON.stringify(before(name)));
  // Inputs begin anew with what others have changed, but not under the hands of somebody who is changing it.
  const now = `${round} ${JSON.stringify(shown.map(({ name }) => before(name)))}`;
  const begun = useRef(now);
  if (!changed.length) begun.current = now;

  const forgetValues = () => {
    setValues({});
    setSeen({});
    setReferred({});
    setRound((n) => n + 1);
  };
  const save = async (): Promise<{ row: Row | null; operation: string | null } | undefined> => {
    if (record && !changed.length) return { row: record, operation: null };
    const pick = (from: Values) => Object.fromEntries(changed.map((name) => [name, from[name]]));
    const done = await send(
      record
        ? changeSettled(model, type, { row: record, values: pick(values), base: pick(seen), shown: referred, inForm: true })
        : createRecord(model, type, { ...begin, ...pick(values) }, key.current),
    );
    key.current = crypto.randomUUID();
    if (!done) return undefined;
    forgetValues();
    return { row: record ? { ...record, ...done.row } : done.row, operation: done.operation };
  };
  return {
    type,
    record,
    shown,
    begun: begun.current,
    value,
    referred,
    set: (name: string, next: unknown, more?: { referred?: Row | null }) => {
      setSeen((known) => (name in known ? known : { ...known, [name]: before(name) }));
      setValues((known) => ({ ...known, [name]: next }));
      if (more && 'referred' in more) setReferred((known) => ({ ...known, [name]: more.referred ?? null }));
    },
    reset: () => {
      forgetValues();
      forget();
    },
    isDirty: changed.length > 0,
    busy,
    refusal,
    save,
  };
}

export type SetUp = ReturnType<typeof useSetUp>;
