import { useMemo, useState } from 'react';
import type { RecordType } from '@/api/model';
import { columnsOf, usualColumns } from './columns';
import type { ColumnDeeds } from './Header';
import type { Shown, useListUrl } from './useListUrl';

type Kept = { readonly widths: Readonly<Record<string, number>>; readonly pins: readonly string[] };

function read(key: string, usual: Kept): Kept {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Kept>) };
  } catch {
    return usual;
  }
}

/** Which columns a list has: those of the address, else those of the view, else the usual ones. How wide they are is this device's matter. */
export function useArrangement(
  type: RecordType,
  shown: Shown,
  show: ReturnType<typeof useListUrl>[1],
  ofView?: readonly string[],
  hasView = false,
) {
  const key = `crm.columns.${type.plural}`;
  const [kept, setKept] = useState(() => read(key, { widths: {}, pins: type.title ? [type.title] : [] }));
  const names = useMemo(() => {
    const asked = (shown.columns ? shown.columns.split(',') : undefined) ?? (ofView?.length ? ofView : usualColumns(type));
    return asked.filter((name) => type.field(name)?.graph.name);
  }, [type, shown.columns, ofView]);
  const columns = useMemo(() => columnsOf(type, names, kept.widths, kept.pins), [type, names, kept]);
  const keep = (change: Partial<Kept>) => {
    const next = { ...kept, ...change };
    setKept(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  const order = (next: readonly string[]) => show({ columns: next.join(',') }, true);
  const deeds: ColumnDeeds & { readonly add: (name: string) => void } = {
    sort: (name) => show({ sort: name ?? (hasView ? '' : null) }, true),
    move: (name, before) => {
      const rest = columns.map((column) => column.field.name).filter((one) => one !== name);
      const at = before === null ? rest.length : rest.indexOf(before);
      order([...rest.slice(0, at), name, ...rest.slice(at)]);
    },
    hide: (name) => order(names.filter((one) => one !== name)),
    add: (name) => order([...names, name]),
    pin: (name, pinned) => keep({ pins: pinned ? [...kept.pins, name] : kept.pins.filter((one) => one !== name) }),
    resize: (name, width) => keep({ widths: { ...kept.widths, [name]: width } }),
  };
  return { columns, names, deeds };
}
