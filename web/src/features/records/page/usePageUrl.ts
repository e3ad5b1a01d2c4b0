import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

export type PageShown = {
  readonly tab?: string;
  /** What kind of entries of the history are shown. */
  readonly kind?: string;
  /** The field whose changes are shown. */
  readonly field?: string;
  /** The time at which the record is looked at. */
  readonly asOf?: string;
  /** The dialog that is open. */
  readonly do?: string;
};

const names = ['tab', 'kind', 'field', 'asOf', 'do'] as const;

/** What a record's page shows stands in its address. */
export function usePageUrl() {
  const search = useSearch();
  const [path, go] = useLocation();
  const shown = useMemo(() => {
    const query = new URLSearchParams(search);
    return Object.fromEntries(names.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : []))) as PageShown;
  }, [search]);
  const show = useCallback(
    (change: { [K in keyof PageShown]?: PageShown[K] | null }, replace = true) => {
      const query = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(change)) value ? query.set(name, value) : query.delete(name);
      const text = query.toString();
      go(text ? `${path}?${text}` : path, { replace });
    },
    [go, path],
  );
  return [shown, show] as const;
}
