import { cx } from '@/lib/classes';
import styles from './Avatar.module.css';

const hues = 8;

type Props = {
  readonly name: string;
  /** Whose letters they are: the colour stays with the id, whatever they are called. */
  readonly of?: string | null;
  readonly square?: boolean;
  readonly large?: boolean;
};

/** Somebody in a circle: the first letters of their name, in a colour that stays theirs. */
export function Avatar({ name, of, square, large }: Props) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '').join('');
  let sum = 0;
  for (const sign of of ?? name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9973;
  return (
    <span className={cx(styles.avatar, square && styles.square, large && styles.large)} data-hue={sum % hues} aria-hidden>
      {letters.toUpperCase()}
    </span>
  );
}
