import { useEffect, useState } from 'react';
import { useModel } from '@/api/model';
import { findRecords } from '@/api/search';
import { type Row, titleOf } from '@/api/values';
import { labelOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { Combobox } from '@/ui/Combobox';
import type { EditorProps } from './FieldEditor';

type Item = { readonly value: string; readonly label: string; readonly row: Row };

/** A record of another type, found by typing. */
export function ReferenceEditor({ type, field, value, referred, set, id, label, describedBy, invalid, inCell, typed }: EditorProps) {
  const model = useModel();
  const to = model.referred(type, field);
  const [words, setWords] = useState(typed ?? '');
  const [items, setItems] = useState<readonly Item[] | undefined>();
  useEffect(() => {
    if (!to) return;
    let current = true;
    const found = (rows: readonly Row[]) =>
      current && setItems(rows.map((row) => ({ value: row.id, label: titleOf(to, row) || t('list.untitled'), row })));
    findRecords(model, to, words).then(found, () => found([]));
    return () => {
      current = false;
    };
  }, [model, to, words]);
  if (!to) return null;
  const chosen: Item | null = value
    ? {
        value: String(value),
        label: (referred && titleOf(to, referred)) || String(value),
        row: referred ?? ({ __typename: to.graph.type, id: String(value), version: null } as Row),
      }
    : null;
  return (
    <Combobox
      id={id}
      label={label ?? (id ? undefined : labelOf(type, field))}
      describedBy={describedBy}
      invalid={invalid}
      autoFocus={inCell}
      startsOpen={inCell}
      value={chosen}
      items={items ?? []}
      searching={items === undefined}
      onType={setWords}
      choose={(next) => set(next?.value ?? null, { referred: next?.row ?? null, final: true })}
    />
  );
}
