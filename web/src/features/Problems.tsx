import type { ReactNode } from 'react';
import type { RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import styles from './Problems.module.css';
import { saidElsewhere, sentenceOf } from './refusals';

type Props = {
  readonly refusal: Refusal | undefined;
  /** The fields that say by themselves what is wrong with them. */
  readonly shown?: readonly string[];
  readonly type?: RecordType;
  /** What can be done about it. */
  readonly children?: ReactNode;
};

/** What is wrong with all of a form, or with what it does not show. */
export function Problems({ refusal, shown = [], type, children }: Props) {
  if (!refusal) return null;
  const elsewhere = saidElsewhere(refusal, shown, type);
  if (refusal.problems.length && !elsewhere.length) return null;
  return (
    <div className={styles.problems} role="alert">
      {refusal.problems.length ? elsewhere.map((said) => <p key={said}>{said}</p>) : <p>{sentenceOf(refusal)}</p>}
      {children}
    </div>
  );
}
