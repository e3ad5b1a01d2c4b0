import { useState } from 'react';
import { ask } from '@/api/doors';
import { isEditable, type RecordType } from '@/api/model';
import type { Row } from '@/api/values';
import { usePosted } from './usePosted';

export type Values = Readonly<Record<string, unknown>>;
/** A record as its door says it: what a tenant has added stands in `custom`. */
export type Kept = { readonly id: string; readonly custom?: Values | null };

type Told = {
  readonly type: RecordType;
  readonly record: (Kept & Values) | undefined;
  readonly fields: readonly string[];
  readonly begin?: Values;
  /** Without the fields a tenant has added: they are shown elsewhere. */
  readonly plain?: boolean;
};

/** A record of the settings while it is edited: some of its fields, and all that the tenant has added. */
export function useSetUp({ type, record, fields, begin, plain }: Told) {
  const [values, setValues] = useState<Values>({});
  const [referred, setReferred] = useState<Readonly<Record<string, Row | null>>>({});
  const { busy, refusal, send, forget } = usePosted();
  const own = type.fields.filter((field) => field.origin === 'custom' && isEditable(field)).map((field) => field.name);
  const shown = [...fields, ...(plain ? [] : own)].flatMap((name) => type.field(name) ?? []);
  const before = (name: string): unknown => {
    const from = record ?? begin ?? {};
    return (name.startsWith('custom.') ? (from.custom as Values | null | undefined)?.[name.slice(7)] : from[name]) ?? null;
  };
  const value = (name: string): unknown => (name in values ? values[name] : before(name));
  const changed = Object.keys(values).filter((name) => JSON.stringify(values[name]) !== JSON.stringify(before(name)));

  const save = async (): Promise<{ record: Kept & Values; operation: string | null } | undefined> => {
    if (record && !changed.length) return { record, operation: null };
    const now = inOneObject(Object.fromEntries(changed.map((name) => [name, values[name]])));
    const seen = inOneObject(Object.fromEntries(changed.map((name) => [name, before(name)])));
    const answer = await send(
      record
        ? ask<Kept & Values>('PATCH', `/${type.plural}/${record.id}`, { body: { ...now, $base: seen } })
        : ask<Kept & Values>('POST', `/${type.plural}`, { body: { ...begin, ...now } }),
    );
    if (!answer) return undefined;
    setValues({});
    return { record: answer.data, operation: answer.operation };
  };
  return {
    type,
    shown,
    value,
    referred,
    set: (name: string, next: unknown, more?: { referred?: Row | null }) => {
      setValues((known) => ({ ...known, [name]: next }));
      if (more && 'referred' in more) setReferred((known) => ({ ...known, [name]: more.referred ?? null }));
    },
    reset: () => {
      setValues({});
      forget();
    },
    isDirty: changed.length > 0,
    busy,
    refusal,
    save,
  };
}

export type SetUp = ReturnType<typeof useSetUp>;

// custom.size stands in an object of its own.
function inOneObject(values: Values): Record<string, unknown> {
  const plain = Object.entries(values).filter(([name]) => !name.startsWith('custom.'));
  const own = Object.entries(values).flatMap(([name, value]) => (name.startsWith('custom.') ? [[name.slice(7), value] as const] : []));
  return { ...Object.fromEntries(plain), ...(own.length && { custom: Object.fromEntries(own) }) };
}
