import type { ReactNode } from 'react';
import { cx } from '@/lib/classes';
import styles from './Badge.module.css';

export type Tone = 'neutral' | 'accent' | 'success' | 'warn' | 'danger';

type Props = { readonly tone?: Tone; readonly color?: string | null; readonly children: ReactNode };

/** A word that says a state. A colour somebody has chosen is a dot, so that the word stays readable. */
export function Badge({ tone = 'neutral', color, children }: Props) {
  return (
    <span className={cx(styles.badge, styles[tone])}>
      {color && <span className={styles.dot} style={{ background: color }} aria-hidden />}
      <span className={styles.text}>{children}</span>
    </span>
  );
}
