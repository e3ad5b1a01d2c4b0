import { spoken } from '@/lib/keys';
import styles from './Keys.module.css';

/** Keys as they stand on the keyboard. */
export function Keys({ of }: { readonly of: string }) {
  return (
    <span className={styles.keys}>
      {spoken(of).map((key, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed sequence in which a key may come twice.
        <kbd key={i}>{key}</kbd>
      ))}
    </span>
  );
}
