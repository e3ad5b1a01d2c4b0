import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from '@/lib/classes';
import styles from './Field.module.css';

type Bound = { readonly id: string; readonly describedBy: string | undefined; readonly invalid: boolean };

type Props = {
  readonly label: string;
  readonly required?: boolean;
  readonly help?: string | null;
  /** What is wrong with it, as the server or a rule says it. */
  readonly error?: string | null;
  readonly children: (bound: Bound) => ReactNode;
};

/** A label, an input, and what is to be said of them. */
export function Field({ label, required, help, error, children }: Props) {
  const id = useId();
  const says = `${id}-says`;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {required && (
          <span className={styles.required} aria-hidden>
            *
          </span>
        )}
      </label>
      {children({ id, describedBy: help || error ? says : undefined, invalid: Boolean(error) })}
      {(help || error) && (
        <p id={says} className={cx(styles.help, error && styles.error)} role={error ? 'alert' : undefined}>
          {error ?? help}
        </p>
      )}
    </div>
  );
}

export const TextInput = ({ className, ...rest }: ComponentProps<'input'>) => <input {...rest} className={cx(styles.input, className)} />;

export const TextArea = ({ className, ...rest }: ComponentProps<'textarea'>) => (
  <textarea rows={3} {...rest} className={cx(styles.input, styles.area, className)} />
);
