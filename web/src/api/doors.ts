import { useCallback, useEffect, useState } from 'react';
import { authorizedFetch } from './client';
import type { Read } from './hooks';
import { type Problem, problemsAt, type Refusal, refusalOf } from './problems';
import { LoginRequired } from './session';

export type Answer<T> =
  | { readonly ok: true; readonly data: T; readonly operation: string | null }
  | { readonly ok: false; readonly refusal: Refusal };

type Told = { readonly body?: unknown; readonly query?: Readonly<Record<string, string | number | boolean | undefined>> };

/** A door of the services that the graph has no field for: custom fields, the audit, jobs, files. Answered like a change through the graph. */
export async function ask<T>(method: string, path: string, { body, query }: Told = {}): Promise<Answer<T>> {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== '') told.set(name, String(value));
  const headers = body === undefined ? undefined : { 'Content-Type': 'application/json' };
  try {
    const answer = await authorizedFetch(`/api/v1${path}${told.size ? `?${told}` : ''}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const said: unknown = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : null;
    if (!answer.ok) return { ok: false, refusal: refusalOfAnswer(answer.status, said) };
    return { ok: true, data: said as T, operation: answer.headers.get('Crm-Operation') };
  } catch (error) {
    return { ok: false, refusal: { kind: error instanceof LoginRequired ? 'busy' : 'offline', problems: [], conflicts: [] } };
  }
}

type Said = {
  code?: string;
  detail?: string;
  title?: string;
  errors?: Record<string, string[]>;
  broken?: Record<string, unknown[]>;
  [fact: string]: unknown;
};

/** What a problem (RFC 9457) means: a reason at each field it names, or one for all of it. */
function refusalOfAnswer(status: number, said: unknown): Refusal {
  const { code = 'internal', detail, title, errors, broken, ...facts } = (said ?? {}) as Said;
  const byField = problemsAt(code, errors, broken, facts);
  const whole: Problem[] = detail || title ? [{ code, message: detail ?? title ?? '', facts }] : [];
  const problems = byField.length ? byField : whole;
  if (status >= 500 || (status === 403 && !problems.length))
    return {
      kind: status === 403 ? 'forbidden' : status === 503 ? 'busy' : 'failed',
      problems: status >= 500 ? [] : problems,
      conflicts: [],
    };
  if (status === 429) return { kind: 'busy', problems: [], conflicts: [] };
  return refusalOf(problems);
}

type Page<T> = { readonly items: readonly T[]; readonly nextCursor?: string | null };

/** All of a list of few, page by page. */
export async function askAll<T>(path: string, query?: Told['query']): Promise<Answer<readonly T[]>> {
  const all: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await ask<Page<T>>('GET', path, { query: { limit: 200, ...query, cursor } });
    if (!page.ok) return page;
    all.push(...page.data.items);
    if (!page.data.nextCursor) return { ok: true, data: all, operation: null };
    cursor = page.data.nextCursor;
  }
}

/** What a door answers, read when it is shown and read again on demand. */
export const useDoor = <T>(path: string | undefined, query?: Told['query']): Read<T> => useAnswer<T>(path, query, get);

/** All that is in the list of a door. */
export const useDoorList = <T>(path: string | undefined, query?: Told['query']): Read<readonly T[]> =>
  useAnswer<readonly T[]>(path, query, askAll);

const get = <T>(path: string, query?: Told['query']) => ask<T>('GET', path, { query });

function useAnswer<T>(
  path: string | undefined,
  query: Told['query'],
  read: (path: string, query?: Told['query']) => Promise<Answer<unknown>>,
): Read<T> {
  const [state, setState] = useState<{ of?: string; data?: T; refusal?: Refusal }>({});
  const [round, setRound] = useState(0);
  const asked = JSON.stringify(query ?? {});
  const key = `${path} ${asked}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks again.
  useEffect(() => {
    if (!path) return;
    let current = true;
    void read(path, JSON.parse(asked) as Told['query']).then((answer) => {
      if (current) setState(answer.ok ? { of: key, data: answer.data as T } : { of: key, refusal: answer.refusal });
    });
    return () => {
      current = false;
    };
  }, [path, asked, key, round, read]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  const isKnown = state.of === key;
  return {
    data: isKnown ? state.data : undefined,
    refusal: isKnown ? state.refusal : undefined,
    fetching: !isKnown && Boolean(path),
    again,
  };
}
