import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import { useId, useRef } from 'react';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { TextInput } from '@/ui/Field';
import { Switch } from '@/ui/Switch';
import { type Choice, nameFor } from './customField';
import styles from './FieldPanel.module.css';

type Props = {
  readonly choices: readonly Choice[];
  /** Those that records may have: they keep their name for programs. */
  readonly known: readonly Choice[];
  readonly set: (choices: readonly Choice[]) => void;
  readonly error: string | null;
};

const uncoloured = '#8a8a94';

/** The values of a choice, in the order in which they are offered. */
export function ChoicesEditor({ choices, known, set, error }: Props) {
  const says = useId();
  const list = useRef<HTMLUListElement>(null);
  const put = (i: number, change: Partial<Choice>) => set(choices.map((one, at) => (at === i ? { ...one, ...change } : one)));
  const move = (i: number, by: number) => {
    const next = [...choices];
    const [one] = next.splice(i, 1);
    if (one) next.splice(i + by, 0, one);
    set(next);
  };
  const isKnown = (choice: Choice) => known.some((one) => one.value === choice.value);
  const add = () => {
    set([...choices, { value: '', label: '' }]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('li:last-child input[type="text"]')?.focus());
  };
  return (
    <fieldset className={styles.choices} aria-describedby={error ? says : undefined}>
      <legend>{t('set.choices')}</legend>
      <ul ref={list}>
        {choices.map((choice, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place while its name is typed.
          <li key={i} className={styles.choice}>
            <input
              type="color"
              className={styles.color}
              aria-label={t('set.colorOf', { label: choice.label || choice.value })}
              value={choice.color ?? uncoloured}
              onChange={({ target }) => put(i, { color: target.value })}
            />
            <TextInput
              type="text"
              aria-label={t('set.choiceLabel')}
              placeholder={t('set.choiceLabel')}
              maxLength={100}
              value={choice.label ?? ''}
              onChange={({ target }) => put(i, { label: target.value, ...(!isKnown(choice) && { value: nameFor(target.value) }) })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                add();
              }}
            />
            <span className={styles.tools}>
              <IconButton label={t('set.up')} icon={ArrowUp} disabled={i === 0} onClick={() => move(i, -1)} />
              <IconButton label={t('set.down')} icon={ArrowDown} disabled={i === choices.length - 1} onClick={() => move(i, 1)} />
              {isKnown(choice) ? (
                <Switch
                  label={t('set.offered', { label: choice.label || choice.value })}
                  checked={!choice.retired}
                  set={(offered) => put(i, { retired: !offered })}
                />
              ) : null}
              <IconButton label={t('remove')} icon={Trash2} onClick={() => set(choices.filter((_, at) => at !== i))} />
            </span>
          </li>
        ))}
      </ul>
      {error && (
        <p id={says} className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div>
        <Button small icon={Plus} onClick={add}>
          {t('set.addChoice')}
        </Button>
      </div>
    </fieldset>
  );
}
