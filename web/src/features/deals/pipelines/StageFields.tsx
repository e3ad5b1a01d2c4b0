import X from 'lucide-react/icons/x';
import { useState } from 'react';
import type { FieldModel, RecordType } from '@/api/model';
import { labelOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { IconButton } from '@/ui/Button';
import { Combobox } from '@/ui/Combobox';
import { Field, TextArea, TextInput } from '@/ui/Field';
import styles from './Pipelines.module.css';

type NumberProps = {
  readonly label: string;
  readonly value: unknown;
  readonly set: (value: number | string | null) => void;
  readonly error: string | null;
};

export function NumberField({ label, value, set, error }: NumberProps) {
  return (
    <Field label={label} error={error}>
      {({ id, describedBy, invalid }) => (
        <TextInput
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
          inputMode="numeric"
          value={value === null ? '' : String(value)}
          onChange={(event) => {
            const text = event.target.value.trim();
            set(text === '' ? null : /^\d+$/.test(text) ? Number(text) : text);
          }}
        />
      )}
    </Field>
  );
}

type LinesProps = {
  readonly id?: string;
  readonly describedBy?: string;
  readonly invalid?: boolean;
  readonly value: readonly string[];
  readonly set: (value: readonly string[]) => void;
};

/** Several texts, one on each line. */
export function LinesInput({ id, describedBy, invalid, value, set }: LinesProps) {
  const [text, setText] = useState(value.join('\n'));
  return (
    <TextArea
      id={id}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      rows={Math.max(2, Math.min(8, value.length + 1))}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const lines = event.target.value.split('\n').map((line) => line.trim());
        set([...new Set(lines.filter(Boolean))]);
      }}
    />
  );
}

type LinesFieldProps = LinesProps & { readonly label: string; readonly help: string; readonly error: string | null };

export const LinesField = ({ label, help, error, value, set }: LinesFieldProps) => (
  <Field label={label} help={help} error={error}>
    {(bound) => <LinesInput {...bound} value={value} set={set} />}
  </Field>
);

type FieldNamesProps = {
  readonly id: string;
  readonly deals: RecordType;
  readonly value: readonly string[];
  readonly set: (value: readonly string[]) => void;
};

/** Fields of a deal, also those a tenant has added. */
export function FieldNames({ id, deals, value, set }: FieldNamesProps) {
  const nameOf = (name: string) => {
    const field = deals.field(name);
    return field ? labelOf(deals, field) : name;
  };
  const offered = deals.fields.filter((field) => isAsked(field) && !value.includes(field.name));
  return (
    <div className={styles.fields}>
      {value.length > 0 && (
        <ul className={styles.chips}>
          {value.map((name) => (
            <li key={name} className={styles.chip}>
              {nameOf(name)}
              <IconButton label={`${t('remove')}: ${nameOf(name)}`} icon={X} onClick={() => set(value.filter((one) => one !== name))} />
            </li>
          ))}
        </ul>
      )}
      <Combobox
        key={value.length}
        id={id}
        placeholder={t('pipe.addField')}
        value={null}
        items={offered.map((field) => ({ value: field.name, label: labelOf(deals, field) }))}
        choose={(item) => item && set([...value, item.value])}
      />
    </div>
  );
}

// Only what somebody can enter can be asked for.
const isAsked = (field: FieldModel) =>
  field.graph.input && !field.setBySlices && !field.retired && field.name !== 'externalIds' && field.name !== 'name';
