import SearchIcon from 'lucide-react/icons/search';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { type Model, type RecordType, useModel } from '@/api/model';
import { type Found, search } from '@/api/search';
import { manyOf, oneOf } from '@/features/labels';
import { iconOf, navOf } from '@/features/nouns';
import { RecordMark } from '@/features/RecordMark';
import { type Action, allowedActions } from '@/lib/actions';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { useStore } from '@/lib/store';
import { Dialog } from '@/ui/Dialog';
import { Keys } from '@/ui/Keys';
import styles from './CommandMenu.module.css';
import { recent } from './recent';

type Entry = Pick<Action, 'id' | 'label' | 'icon' | 'run'> & {
  readonly group: string;
  readonly detail?: string;
  readonly keys?: string;
  /** The record it leads to. */
  readonly record?: { readonly type: RecordType; readonly id: string };
};

/** Records by words and everything that can be done, in one place. */
export function CommandMenu({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog open={open} close={close} title={t('command.label')} hideTitle place="top" focus={input}>
      <Content input={input} close={close} />
    </Dialog>
  );
}

function Content({ input, close }: { readonly input: React.RefObject<HTMLInputElement | null>; readonly close: () => void }) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const { entries, busy } = useEntries(words.trim());
  const chosen = Math.min(at, entries.length - 1);
  const row = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is chosen, so another one has to be in sight.
  useEffect(() => {
    row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((chosen + step + entries.length) % Math.max(1, entries.length));
    else if (event.key === 'Enter') run(entries[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.menu}>
      <div className={styles.line}>
        <SearchIcon size={16} aria-hidden />
        <input
          ref={input}
          className={styles.input}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={entries[chosen] ? `${list}-${chosen}` : undefined}
          aria-label={t('command.label')}
          placeholder={t('command.placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Keys of="escape" />
      </div>
      <div id={list} role="listbox" aria-busy={busy} aria-label={t('command.label')} className={styles.list}>
        {entries.map((entry, i) => (
          <div key={entry.id} role="presentation">
            {entry.group !== entries[i - 1]?.group && (
              <div className={styles.group} role="presentation">
                {entry.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the input has the focus and the keys. */}
            <div
              id={`${list}-${i}`}
              ref={i === chosen ? row : undefined}
              role="option"
              aria-selected={i === chosen}
              className={cx(styles.entry, i === chosen && styles.chosen)}
              onPointerMove={() => setAt(i)}
              onClick={() => run(entry)}
            >
              <span className={styles.mark}>
                {entry.record ? <RecordMark {...entry.record} title={entry.label} /> : <entry.icon size={16} aria-hidden />}
              </span>
              <span className={styles.label}>{entry.label}</span>
              {entry.detail && <span className={styles.detail}>{entry.detail}</span>}
              {entry.keys && <Keys of={entry.keys} />}
            </div>
          </div>
        ))}
      </div>
      {words && entries.length === 0 && <p className={styles.none}>{t('command.nothing', { query: words })}</p>}
    </div>
  );
}

function useEntries(words: string): { readonly entries: readonly Entry[]; readonly busy: boolean } {
  const model = useModel();
  const [, go] = useLocation();
  const seen = useStore(recent);
  const { found, busy } = useFound(words);
  const entries = useMemo(() => {
    const asRecord = (plural: string, id: string, title: string, group: string): Entry[] => {
      const type = model.byPlural(plural);
      return type
        ? [
            {
              id: `record ${id}`,
              label: title,
              icon: iconOf(type),
              detail: oneOf(type),
              group,
              record: { type, id },
              run: () => go(`/${plural}/${id}`),
            },
          ]
        : [];
    };
    const fits = (text: string) =>
      words
        .toLowerCase()
        .split(/\s+/)
        .every((word) => text.toLowerCase().includes(word));
    const actions = allowedActions()
      .filter((action) => fits(action.label))
      .map((action): Entry => ({ ...action, group: t(`group.${action.group}`), keys: action.keys?.[0] }))
      .sort((a, b) => a.group.localeCompare(b.group));
    const records = words
      ? found.map(
          ({ type, id, title, detail }): Entry => ({
            id: `record ${id}`,
            label: title,
            icon: iconOf(type),
            detail: [detail, manyOf(type)].filter(Boolean).join(' · '),
            group: t('command.records'),
            record: { type, id },
            run: () => go(`/${type.plural}/${id}`),
          }),
        )
      : seen.flatMap((one) => asRecord(one.plural, one.id, one.title, t('command.recent')));
    return [...records, ...actions];
  }, [model, go, seen, found, words]);
  return { entries, busy };
}

// What is set up has screens and actions of its own.
function peopleLookFor(model: Model): readonly RecordType[] {
  const { daily, more } = navOf(model);
  return [...daily, ...more];
}

// Each keystroke asks; an answer that was overtaken is dropped.
function useFound(words: string): { readonly found: readonly Found[]; readonly busy: boolean } {
  const model = useModel();
  const [{ by, found }, setFound] = useState<{ readonly by: string; readonly found: readonly Found[] }>({ by: '', found: [] });
  useEffect(() => {
    let current = true;
    const show = (records: readonly Found[]) => current && setFound({ by: words, found: records });
    if (!words) show([]);
    else search(model, peopleLookFor(model), words).then(show, () => show([]));
    return () => {
      current = false;
    };
  }, [model, words]);
  return { found, busy: by !== words };
}
