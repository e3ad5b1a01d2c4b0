import type { RecordType } from '@/api/model';
import { cx } from '@/lib/classes';
import { Avatar } from '@/ui/Avatar';
import { iconOf } from './nouns';
import styles from './RecordMark.module.css';

const people = new Set(['contact', 'lead', 'user']);

/** Whether records of a type are told apart by their letters: who people are, and companies. */
export const hasLetters = (type: RecordType): boolean => people.has(type.record) || type.record === 'account';

type Props = { readonly type: RecordType; readonly id: string; readonly title: string; readonly large?: boolean };

/** What a record is, at a glance: a person in a circle, a company in a square, each with their letters; all else by the sign of its type. */
export function RecordMark({ type, id, title, large }: Props) {
  if (hasLetters(type)) return <Avatar name={title} of={id} large={large} square={!people.has(type.record)} />;
  const Icon = iconOf(type);
  return (
    <span className={cx(styles.sign, large && styles.large)}>
      <Icon size={large ? 18 : 16} aria-hidden />
    </span>
  );
}
