import { useCallback, useMemo, useState } from 'react';

/** Which records are meant: some by their ids, or all that the list describes, also those nobody has scrolled to. */
export type Selection = { readonly all: boolean; readonly ids: ReadonlySet<string> };

const nobody: Selection = { all: false, ids: new Set() };

export function useSelection(list: unknown) {
  const [kept, setKept] = useState({ list, selection: nobody, last: -1 });
  // Another list, other records.
  const state = kept.list === list ? kept : { list, selection: nobody, last: -1 };
  const set = useCallback((selection: Selection, last = -1) => setKept({ list, selection, last }), [list]);
  return useMemo(() => {
    const { selection, last } = state;
    const toggle = (ids: readonly string[], on: boolean, at: number) => {
      const next = new Set(selection.all ? [] : selection.ids);
      for (const id of ids) on ? next.add(id) : next.delete(id);
      set({ all: false, ids: next }, at);
    };
    return {
      selection,
      last,
      toggle,
      has: (id: string) => selection.all || selection.ids.has(id),
      only: (ids: readonly string[]) => set({ all: false, ids: new Set(ids) }),
      everything: () => set({ all: true, ids: new Set() }),
      clear: () => set(nobody),
    };
  }, [state, set]);
}
