import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { useModel } from '@/api/model';
import { findRecords } from '@/api/search';
import { type Row, titleOf } from '@/api/values';
import { t } from '@/lib/i18n/t';
import { preferences } from '@/lib/preferences';
import { Combobox } from '@/ui/Combobox';
import { Select } from '@/ui/Select';
import styles from './LinesPanel.module.css';
import { type Column, type Line, type Period, textOf } from './lines';

type By = 'down' | 'next' | 'previous' | 'stay';

type Props = {
  readonly line: Line;
  readonly column: Column;
  /** What was typed over the cell. */
  readonly typed: string | undefined;
  readonly invalid: boolean;
  readonly commit: (text: string, by: By) => void;
  readonly write: (line: Line, by: By) => void;
  readonly leave: () => void;
};

/** A cell while it is being edited. */
export function LineEditor(props: Props) {
  const { line, column, write, leave } = props;
  if (column === 'name') return <ProductEditor {...props} />;
  if (column === 'period')
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves what is inside.
      <span className={styles.choice} onKeyDown={(event) => event.key === 'Escape' && leave()}>
        <Select<Period>
          small
          label={t('lines.period')}
          value={line.period ?? 'once'}
          options={(['once', 'month', 'quarter', 'year'] as const).map((value) => ({ value, label: t(`lines.${value}`) }))}
          choose={(period) => write({ ...line, period }, 'stay')}
        />
      </span>
    );
  return <TextEditor {...props} />;
}

function TextEditor({ line, column, typed, invalid, commit, leave }: Props) {
  const [text, setText] = useState(typed ?? textOf(line, column, preferences.get().language));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'Enter' ? 'down' : event.key === 'Tab' ? (event.shiftKey ? 'previous' : 'next') : undefined;
    if (by) commit(text, by);
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      className={styles.input}
      aria-label={t(`lines.${column}`)}
      aria-invalid={invalid || undefined}
      autoFocus
      inputMode={column === 'taxClass' ? 'text' : 'decimal'}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => typed === undefined && event.target.select()}
      onBlur={() => commit(text, 'stay')}
      onKeyDown={onKeyDown}
    />
  );
}

type Item = { readonly value: string; readonly label: string; readonly row: Row | undefined };

/** A product that is found by its name, or a name that is none. */
function ProductEditor({ line, typed, invalid, write, leave }: Props) {
  const model = useModel();
  const type = model.byPlural('products');
  const [words, setWords] = useState(typed ?? '');
  const [rows, setRows] = useState<readonly Row[] | undefined>();
  useEffect(() => {
    if (!type?.graph.list) return setRows([]);
    let current = true;
    const found = (some: readonly Row[]) => current && setRows(some);
    findRecords(model, type, words).then(found, () => found([]));
    return () => {
      current = false;
    };
  }, [model, type, words]);
  const items = useMemo<readonly Item[]>(() => {
    const known = (rows ?? []).map((row) => ({ value: row.id, label: titleOf(type, row), row }));
    const name = words.trim();
    // Whatever is sold that is no product of ours.
    return name && !known.some(({ label }) => label.toLowerCase() === name.toLowerCase())
      ? [...known, { value: `"${name}`, label: name, row: undefined }]
      : known;
  }, [rows, type, words]);
  const chosen = line.name ? { value: line.productId ?? `"${line.name}`, label: line.name, row: undefined } : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves what is inside.
    <span className={styles.choice} onKeyDown={(event) => event.key === 'Escape' && leave()}>
      <Combobox<Item>
        label={t('lines.name')}
        autoFocus
        startsOpen
        invalid={invalid}
        value={chosen}
        items={items}
        searching={rows === undefined}
        onType={setWords}
        show={(item) => (item.value.startsWith('"') ? t('lines.asName', { name: item.label }) : item.label)}
        choose={(item) => {
          if (!item) return;
          // Another product has a price, a tax and a period of its own.
          if (item.value.startsWith('"')) write({ ...line, productId: null, name: item.label }, 'next');
          else write({ ...line, productId: item.value, name: item.label, listPrice: null, taxClass: null, period: null }, 'next');
        }}
      />
    </span>
  );
}
