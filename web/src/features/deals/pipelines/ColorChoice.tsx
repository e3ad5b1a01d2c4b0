import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import styles from './Pipelines.module.css';

const colors = ['#9aa5b1', '#2f80ed', '#56ccf2', '#27ae60', '#6fcf97', '#f2c94c', '#f2994a', '#eb5757', '#bb6bd9', '#8d6e63'];

type Props = { readonly id: string; readonly value: string | null; readonly set: (color: string | null) => void };

/** One of some colours that go together, or none; one that was set by a program stays to be chosen. */
export function ColorChoice({ id, value, set }: Props) {
  const offered = value && !colors.includes(value.toLowerCase()) ? [...colors, value] : colors;
  return (
    <fieldset id={id} className={styles.colors} aria-label={t('pipe.color')}>
      {[null, ...offered].map((color) => (
        <button
          key={color ?? ''}
          type="button"
          className={cx(styles.color, !color && styles.colorless)}
          style={color ? { background: color } : undefined}
          aria-label={color ?? t('pipe.colorNone')}
          aria-pressed={(value?.toLowerCase() ?? null) === (color?.toLowerCase() ?? null)}
          onClick={() => set(color)}
        />
      ))}
    </fieldset>
  );
}
