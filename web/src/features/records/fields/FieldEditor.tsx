import { useState } from 'react';
import type { FieldModel, RecordType } from '@/api/model';
import type { Row } from '@/api/values';
import { choiceLabel } from '@/features/labels';
import type { Money } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { currencies, usualCurrency } from '@/lib/money';
import { parseDecimal, writeDecimal } from '@/lib/parse';
import { soon } from '@/lib/part';
import { preferences } from '@/lib/preferences';
import { Checkbox } from '@/ui/Checkbox';
import { TextArea, TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import styles from './FieldEditor.module.css';
import { kindOf } from './FieldValue';
import { PartsEditor } from './PartsEditor';
import { WordsInput } from './WordsInput';

const ReferenceEditor = soon(() => import('./ReferenceEditor').then((file) => file.ReferenceEditor));

export type EditorProps = {
  readonly type: RecordType;
  readonly field: FieldModel;
  readonly value: unknown;
  /** The record a reference leads to, to be shown by its name. */
  readonly referred?: Row | null;
  /** A new value; of a reference also the record, so that it can be shown at once. `final`: nothing more is to be entered. */
  readonly set: (value: unknown, more?: { referred?: Row | null; final?: boolean }) => void;
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string;
  readonly invalid?: boolean;
  /** In a cell: it has the focus, and begins with what was typed. */
  readonly inCell?: boolean;
  readonly typed?: string;
};

/** What a value of a field is entered with, by its kind. */
export function FieldEditor(props: EditorProps) {
  const { type, field, value, set, id, label, describedBy, invalid, inCell } = props;
  const bound = { id, 'aria-label': label, 'aria-describedby': describedBy, 'aria-invalid': invalid || undefined };
  switch (kindOf(field)) {
    case 'boolean':
      return <Checkbox id={id} label={label} checked={value === true} set={(next) => set(next, { final: true })} />;
    case 'choice':
      return (
        <Select
          {...{ id, label, describedBy, invalid }}
          value={(value as string | null) ?? null}
          none={t('none')}
          options={(field.choices ?? []).map((choice) => ({
            value: choice.value,
            label: choiceLabel(type, field, choice.value),
            retired: choice.retired,
          }))}
          choose={(next) => set(next, { final: true })}
        />
      );
    case 'rating':
      return (
        <Select
          {...{ id, label, describedBy, invalid }}
          value={value ? String(value) : null}
          none={t('none')}
          options={['1', '2', '3', '4', '5'].map((star) => ({ value: star, label: star }))}
          choose={(next) => set(next && Number(next), { final: true })}
        />
      );
    case 'multiChoice':
      return <Choices {...props} />;
    case 'reference':
      return <ReferenceEditor {...props} waiting={<TextInput {...bound} disabled />} />;
    case 'integer':
    case 'number':
      return <NumberInput {...props} />;
    case 'money':
      return <MoneyInput {...props} />;
    case 'date':
      return (
        <TextInput
          {...bound}
          type="date"
          autoFocus={inCell}
          value={(value as string | null) ?? ''}
          onChange={(event) => set(event.target.value || null)}
        />
      );
    case 'instant':
      return (
        <TextInput
          {...bound}
          type="datetime-local"
          autoFocus={inCell}
          value={localOf(value)}
          onChange={(event) => set(event.target.value ? new Date(event.target.value).toISOString() : null)}
        />
      );
    case 'texts':
      return <WordsInput {...props} value={(props.value as string[] | null) ?? []} autoFocus={props.inCell} />;
    case 'longText':
      return (
        <TextArea
          {...bound}
          autoFocus={inCell}
          rows={inCell ? 4 : 3}
          value={(value as string | null) ?? ''}
          onChange={(event) => set(event.target.value || null)}
        />
      );
    case 'list':
    case 'address':
      return <PartsEditor {...props} />;
    default:
      return (
        <TextInput
          {...bound}
          autoFocus={inCell}
          type={({ email: 'email', phone: 'tel', url: 'url' } as Record<string, string>)[field.kind] ?? 'text'}
          maxLength={field.max ? Number(field.max) : undefined}
          value={(value as string | null) ?? ''}
          onChange={(event) => set(event.target.value || null)}
        />
      );
  }
}

function localOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  const at = new Date(value);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

type DigitsProps = Pick<EditorProps, 'id' | 'label' | 'describedBy' | 'invalid' | 'inCell'> & {
  readonly digits: unknown;
  readonly tell: (digits: string | null) => void;
};

/** A number as people of a language write it. The text stays as it is typed; what it means is told with every sign. */
function Digits({ digits, tell, id, label, describedBy, invalid, inCell }: DigitsProps) {
  const { language } = preferences.get();
  const [text, setText] = useState(digits === null || digits === undefined ? '' : writeDecimal(digits as string, language));
  return (
    <TextInput
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      inputMode="decimal"
      className={styles.number}
      autoFocus={inCell}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        tell(target.value.trim() === '' ? null : (parseDecimal(target.value, language) ?? target.value));
      }}
    />
  );
}

function NumberInput({ field, value, set, ...bound }: EditorProps) {
  const asValue = (digits: string | null) =>
    digits !== null && field.kind === 'integer' && /^-?\d+$/.test(digits) ? Number(digits) : digits;
  return <Digits {...bound} digits={value} tell={(digits) => set(asValue(digits))} />;
}

function MoneyInput({ value, set, ...bound }: EditorProps) {
  const money = (value as Money | null) ?? null;
  const [currency, setCurrency] = useState(money?.currency ?? usualCurrency);
  return (
    <span className={styles.money}>
      <Digits {...bound} digits={money?.amount} tell={(amount) => set(amount === null ? null : { amount, currency })} />
      <Select
        label={t('field.currency')}
        className={styles.currency}
        value={currency}
        options={[...new Set([currency, ...currencies])].map((code) => ({ value: code, label: code }))}
        choose={(next) => {
          if (!next) return;
          setCurrency(next);
          if (money) set({ amount: money.amount, currency: next });
        }}
      />
    </span>
  );
}

function Choices({ type, field, value, set, label }: EditorProps) {
  const chosen = (value as string[] | null) ?? [];
  return (
    <fieldset className={styles.choices} aria-label={label}>
      {(field.choices ?? [])
        .filter((choice) => !choice.retired || chosen.includes(choice.value))
        .map((choice) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
          <label key={choice.value} className={styles.choice}>
            <Checkbox
              label={choiceLabel(type, field, choice.value)}
              checked={chosen.includes(choice.value)}
              set={(on) => set(on ? [...chosen, choice.value] : chosen.filter((one) => one !== choice.value))}
            />
            {choiceLabel(type, field, choice.value)}
          </label>
        ))}
    </fieldset>
  );
}
