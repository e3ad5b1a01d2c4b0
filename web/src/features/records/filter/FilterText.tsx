import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { TextArea } from '@/ui/Field';
import styles from './FilterBuilder.module.css';
import type { Askable } from './operators';

type Props = {
  readonly fields: readonly Askable[];
  readonly filter: string;
  readonly set: (filter: string) => void;
  readonly problem?: string;
  readonly tooFree: boolean;
};

const most = 8;
const words = ['and', 'or', 'not', 'in', 'is null', 'is not null', 'has', 'today', 'thisweek', 'thismonth', 'thisyear', 'me'];

/** A filter in the language itself, with what may come next offered while it is typed. */
export function FilterText({ fields, filter, set, problem, tooFree }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(filter);
  const [begun, setBegun] = useState('');
  const [at, setAt] = useState(0);
  const offers = begun ? offersFor(fields, begun) : [];
  const look = (next: string, place: number) => {
    // Inside quotes nothing is offered.
    const before = next.slice(0, place);
    const inText = (before.match(/"/g)?.length ?? 0) % 2 === 1;
    setBegun(inText ? '' : (/[\p{L}_][\p{L}\p{N}_.]*$/u.exec(before)?.[0] ?? ''));
    setAt(0);
  };
  const take = (offer: string) => {
    const place = area.current?.selectionStart ?? text.length;
    const from = place - begun.length;
    const next = `${text.slice(0, from)}${offer} ${text.slice(place).trimStart()}`;
    setText(next);
    setBegun('');
    requestAnimationFrame(() => area.current?.setSelectionRange(from + offer.length + 1, from + offer.length + 1));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const offer = offers[at];
    if (offer && event.key === 'ArrowDown') setAt((at + 1) % offers.length);
    else if (offer && event.key === 'ArrowUp') setAt((at + offers.length - 1) % offers.length);
    else if (offer && (event.key === 'Enter' || event.key === 'Tab')) take(offer.value);
    else if (offer && event.key === 'Escape') setBegun('');
    else if (event.key === 'Enter' && !event.shiftKey) set(text.trim());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.text}>
      <TextArea
        ref={area}
        aria-label={t('filter.text')}
        aria-describedby={`${id}-says`}
        aria-invalid={Boolean(problem) || undefined}
        aria-controls={offers.length ? id : undefined}
        aria-activedescendant={offers[at] ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        className={styles.code}
        spellCheck={false}
        rows={4}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          look(event.target.value, event.target.selectionStart);
        }}
        onKeyDown={onKeyDown}
      />
      {offers.length > 0 && (
        <div id={id} role="listbox" aria-label={t('filter.field')} className={styles.offers}>
          {offers.map((offer, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text has the focus and the keys.
            <div
              key={offer.value}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === at}
              className={cx(styles.offer, i === at && styles.offered)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(offer.value)}
            >
              <code>{offer.value}</code>
              <span>{offer.label}</span>
            </div>
          ))}
        </div>
      )}
      <p id={`${id}-says`} className={problem ? styles.problem : styles.says} role={problem ? 'alert' : undefined}>
        {problem ?? (tooFree ? t('filter.tooFree') : t('filter.textHelp'))}
      </p>
      <div>
        <Button small look="primary" disabled={text.trim() === filter} onClick={() => set(text.trim())}>
          {t('apply')}
        </Button>
      </div>
    </div>
  );
}

function offersFor(fields: readonly Askable[], begun: string) {
  const small = begun.toLowerCase();
  const all = [...fields.map((one) => ({ value: one.path, label: one.label })), ...words.map((word) => ({ value: word, label: '' }))];
  const begins = all.filter((one) => one.value.toLowerCase().startsWith(small) && one.value !== begun);
  const contains = all.filter(
    (one) => !begins.includes(one) && one.value !== begun && `${one.value} ${one.label}`.toLowerCase().includes(small),
  );
  return [...begins, ...contains].slice(0, most);
}
