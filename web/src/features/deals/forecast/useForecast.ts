import { useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { client } from '@/api/client';
import { changedDocument } from '@/api/documents';
import { type RecordType, useModel } from '@/api/model';
import { refusalOfError } from '@/api/problems';
import { ForecastDocument } from '../graph';

export type Asked = { readonly period: string; readonly since: string | undefined };

/** What is to be expected of a team, or of the company; read again whenever `times` is another number. */
export function useForecast({ period, since }: Asked, team: string | undefined, times: number) {
  const [{ data, fetching, error }, run] = useQuery({
    query: ForecastDocument,
    variables: useMemo(() => ({ period, since, team }), [period, since, team]),
    requestPolicy: 'cache-and-network',
  });
  useEffect(() => {
    if (times > 0) run({ requestPolicy: 'network-only' });
  }, [times, run]);
  const forecast = data?.forecasts ?? undefined;
  return {
    forecast,
    fetching,
    refusal: error && !forecast ? refusalOfError(error) : undefined,
    again: () => run({ requestPolicy: 'network-only' }),
  };
}

const settleMs = 600;

/** Tells when deals, or what is reckoned with them, have changed: soon, and once for many. */
export function useChanges(types: readonly (RecordType | undefined)[], tell: () => void) {
  const model = useModel();
  const key = types.map((type) => type?.graph.changed ?? '').join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same names are the same types.
  useEffect(() => {
    let settling: ReturnType<typeof setTimeout> | undefined;
    const lines = types.flatMap((type) => {
      if (!type?.graph.changed) return [];
      let begun = false;
      return client.subscription<{ change: { kind: string } }>(changedDocument(model, type, []), {}).subscribe(({ data }) => {
        if (!data) return;
        if (data.change.kind === 'live' && !begun) {
          begun = true;
          return;
        }
        clearTimeout(settling);
        settling = setTimeout(tell, settleMs);
      });
    });
    return () => {
      clearTimeout(settling);
      for (const line of lines) line.unsubscribe();
    };
  }, [model, key, tell]);
}
