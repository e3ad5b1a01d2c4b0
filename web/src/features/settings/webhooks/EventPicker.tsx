import { useState } from 'react';
import { WordsInput } from '@/features/records/fields/WordsInput';
import { t } from '@/lib/i18n/t';
import { Checkbox } from '@/ui/Checkbox';
import { TextInput } from '@/ui/Field';
import styles from './EventPicker.module.css';
import { useCatalogue } from './webhook';

type Props = {
  readonly id?: string;
  readonly describedBy?: string;
  readonly invalid?: boolean;
  readonly value: readonly string[];
  readonly set: (events: readonly string[]) => void;
};

/** Which events: chosen from those there are, or all of a record type, also those to come. */
export function EventPicker({ id, describedBy, invalid, value, set }: Props) {
  const catalogue = useCatalogue();
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const all = new Set(catalogue.flatMap((one) => [`${one.record}.*`, ...one.events.map((event) => event.type)]));
  const patterns = value.filter((event) => !all.has(event));
  const shown = catalogue
    .map((one) => ({
      ...one,
      events: `${one.label} ${one.record}`.toLowerCase().includes(wanted)
        ? one.events
        : one.events.filter((event) => `${event.label} ${event.type}`.toLowerCase().includes(wanted)),
    }))
    .filter((one) => one.events.length);
  return (
    <div className={styles.picker}>
      <TextInput
        id={id}
        type="search"
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        placeholder={t('set.findEvents')}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <div className={styles.list}>
        {shown.map((one) => {
          const whole = `${one.record}.*`;
          const isWhole = value.includes(whole);
          const chosen = one.events.filter((event) => value.includes(event.type)).length;
          return (
            <fieldset key={one.record} className={styles.record}>
              <legend className="unseen">{one.label}</legend>
              {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one. */}
              <label className={styles.whole}>
                <Checkbox
                  label={t('set.allEventsOf', { label: one.label })}
                  checked={isWhole}
                  some={!isWhole && chosen > 0}
                  set={(on) => set([...value.filter((event) => !event.startsWith(`${one.record}.`)), ...(on ? [whole] : [])])}
                />
                {one.label}
                <small>{one.record}</small>
              </label>
              <div className={styles.events}>
                {one.events.map((event) => (
                  // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is one.
                  <label key={event.type} className={styles.event}>
                    <Checkbox
                      label={`${one.label}: ${event.label}`}
                      disabled={isWhole}
                      checked={isWhole || value.includes(event.type)}
                      set={(on) => set(on ? [...value, event.type] : value.filter((name) => name !== event.type))}
                    />
                    {event.label}
                  </label>
                ))}
              </div>
            </fieldset>
          );
        })}
        {!shown.length && <p>{t('nothingFound')}</p>}
      </div>
      <WordsInput
        spaces
        key={catalogue.length ? 'known' : 'unknown'}
        label={t('set.patterns')}
        value={catalogue.length ? patterns : []}
        set={(next) => set([...value.filter((event) => all.has(event)), ...next])}
        placeholder={t('set.patterns')}
      />
    </div>
  );
}
