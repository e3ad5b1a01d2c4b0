import { useState } from 'react';
import { t } from '@/lib/i18n/t';
import { Checkbox } from '@/ui/Checkbox';
import { TextInput } from '@/ui/Field';
import styles from './inputs.module.css';

type Bound = { readonly id?: string; readonly describedBy?: string; readonly invalid?: boolean };

type WordsProps = Bound & {
  readonly label?: string;
  readonly value: readonly string[];
  readonly set: (words: readonly string[]) => void;
  readonly placeholder?: string;
};

/** Some words with commas between them; what is typed stays as it is typed. */
export function WordsInput({ id, label, describedBy, invalid, value, set, placeholder }: WordsProps) {
  const [text, setText] = useState(value.join(', '));
  return (
    <TextInput
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      spellCheck={false}
      placeholder={placeholder ?? t('field.words')}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        set([...new Set(target.value.split(/[,\s]+/).filter(Boolean))]);
      }}
    />
  );
}

type Choice = { readonly value: string; readonly label: string; readonly text?: string };
type SomeProps = Bound & {
  readonly label: string;
  readonly value: readonly string[];
  readonly options: readonly Choice[];
  readonly set: (value: readonly string[]) => void;
};

/** Some of a few. What is chosen and not offered any more stays until somebody takes it away. */
export function SomeOf({ label, describedBy, value, options, set }: SomeProps) {
  const all = [
    ...options,
    ...value.filter((one) => !options.some((option) => option.value === one)).map((one) => ({ value: one, label: one })),
  ];
  return (
    <fieldset className={styles.some} aria-label={label} aria-describedby={describedBy}>
      {all.map((option: Choice) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
        <label key={option.value} className={styles.one}>
          <Checkbox
            label={option.label}
            checked={value.includes(option.value)}
            set={(on) => set(on ? [...value, option.value] : value.filter((one) => one !== option.value))}
          />
          <span>
            {option.label}
            {option.text && <small>{option.text}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
