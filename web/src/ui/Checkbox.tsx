import { useEffect, useRef } from 'react';
import styles from './Field.module.css';

type Props = {
  readonly id?: string;
  readonly label?: string;
  readonly checked: boolean;
  readonly some?: boolean;
  readonly set: (checked: boolean) => void;
  readonly disabled?: boolean;
  /** Of many that arrows lead through, one is come to by Tab. */
  readonly tabIndex?: number;
};

export function Checkbox({ id, label, checked, some = false, set, disabled, tabIndex }: Props) {
  const input = useRef<HTMLInputElement>(null);
  // What somebody does to it takes the line away: it is drawn anew each time.
  useEffect(() => {
    if (input.current) input.current.indeterminate = some;
  });
  return (
    <input
      ref={input}
      type="checkbox"
      id={id}
      aria-label={label}
      checked={checked}
      disabled={disabled}
      tabIndex={tabIndex}
      onChange={(event) => set(event.target.checked)}
      className={styles.check}
    />
  );
}
