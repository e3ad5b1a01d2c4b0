import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

export type Shown = {
  readonly view?: string;
  readonly filter?: string;
  readonly sort?: string;
  readonly q?: string;
  readonly peek?: string;
  readonly columns?: string;
};

const names = ['view', 'filter', 'sort', 'q', 'columns', 'peek'] as const;

/** What a list shows stands in its address: whoever is sent it sees the same. */
export function useListUrl() {
  const search = useSearch();
  const [path, go] = useLocation();
  const shown = useMemo(() => {
    const query = new URLSearchParams(search);
    return Object.fromEntries(names.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : []))) as Shown;
  }, [search]);
  const show = useCallback(
    (change: { [K in keyof Shown]?: Shown[K] | null }, replace = false) => {
      const query = new URLSearchParams(window.location.search);
      // An empty value is said as such: a view without its filter.
      for (const [name, value] of Object.entries(change))
        value === null || value === undefined ? query.delete(name) : query.set(name, value);
      const text = query.toString();
      go(text ? `${path}?${text}` : path, { replace });
    },
    [go, path],
  );
  return [shown, show] as const;
}
