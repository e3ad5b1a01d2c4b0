import { Checkbox } from '@/ui/Checkbox';
import styles from './inputs.module.css';
import type { Editors } from './SetUpFields';

type Choice = { readonly value: string; readonly label: string; readonly text?: string };
type SomeProps = {
  readonly describedBy?: string;
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

/** Such an editor, of a field that has a list. */
export const someOf =
  (label: string, options: readonly Choice[]): Editors[string] =>
  ({ value, set }, { name }, { describedBy }) => (
    <SomeOf
      label={label}
      describedBy={describedBy}
      options={options}
      value={(value(name) as string[] | null) ?? []}
      set={(next) => set(name, next)}
    />
  );
