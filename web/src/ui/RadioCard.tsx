import type { ReactNode } from 'react';
import styles from './RadioCard.module.css';

type Props = { readonly name: string; readonly checked: boolean; readonly choose: () => void; readonly children: ReactNode };

/** One of a few, with all there is to know of it beside it. What stands in it keeps to the second column. */
export const RadioCard = ({ name, checked, choose, children }: Props) => (
  <label className={styles.card}>
    <input type="radio" name={name} checked={checked} onChange={choose} />
    <span className={styles.body}>{children}</span>
  </label>
);
