import type { CombinedError } from '@urql/core';
import { LoginRequired } from './session';
import { wordsOf } from './wording';

/** A reason of the server, at the field it names if it names one. */
export type Problem = { readonly code: string; readonly message: string; readonly field?: string | null; readonly facts?: unknown };

/** What both sides have done to a field: seen, wanted, there now. */
export type Conflict = { readonly field: string; readonly base: unknown; readonly wanted: unknown; readonly current: unknown };

/** Why something did not happen, by what a person can do about it. */
export type Refusal = {
  readonly kind: 'invalid' | 'conflict' | 'forbidden' | 'gone' | 'busy' | 'offline' | 'failed';
  readonly problems: readonly Problem[];
  readonly conflicts: readonly Conflict[];
  readonly trace?: string;
};

const kinds: Record<string, Refusal['kind']> = {
  conflict: 'conflict',
  not_allowed: 'forbidden',
  forbidden: 'forbidden',
  scope_missing: 'forbidden',
  not_found: 'gone',
  merged: 'gone',
  busy: 'busy',
  service_unavailable: 'busy',
  internal: 'failed',
};

type ByField<T> = Readonly<Record<string, readonly T[]>>;

/** One problem for each sentence about a field, with the rule that stands beside it. */
export const problemsAt = (code: string, errors: ByField<string> = {}, broken: ByField<unknown> = {}, facts: object = {}): Problem[] =>
  Object.entries(errors).flatMap(([field, said]) =>
    said.map((message, place) => {
      const rule = broken[field]?.[place];
      return { code, message, field, facts: rule ? { ...facts, broken: rule } : facts };
    }),
  );

/** What a payload's `errors` mean, in the words of the person. */
export function refusalOf(told: readonly Problem[]): Refusal {
  const problems = told.map((problem) => ({ ...problem, message: wordsOf(problem) }));
  const conflicts = problems.flatMap((problem) => conflictsIn(problem.facts));
  const [first] = problems;
  const kind = conflicts.length ? 'conflict' : ((first && kinds[first.code]) ?? 'invalid');
  return { kind, problems, conflicts };
}

function conflictsIn(facts: unknown): Conflict[] {
  const told = (facts as { conflicts?: unknown } | null)?.conflicts;
  const list = Array.isArray(told)
    ? told
    : typeof told === 'object' && told
      ? Object.entries(told).map(([field, of]) => ({ field, ...(of as object) }))
      : [];
  return (list as Record<string, unknown>[]).map((one) => ({
    field: String(one.field),
    base: one.base ?? null,
    wanted: one.yours ?? null,
    current: one.now ?? null,
  }));
}

/** What an error of the request means: nothing came back, or the graph refused all of it. */
export function refusalOfError(error: CombinedError | Error): Refusal {
  const { networkError, graphQLErrors = [], response } = error as CombinedError;
  if (networkError instanceof LoginRequired) return { kind: 'busy', problems: [], conflicts: [] };
  const problems = graphQLErrors.flatMap(({ message, extensions }): Problem[] => {
    const code = String(extensions?.code ?? 'internal');
    const { errors, broken } = (extensions ?? {}) as { errors?: ByField<string>; broken?: ByField<unknown> };
    return errors && Object.keys(errors).length ? problemsAt(code, errors, broken) : [{ code, message }];
  });
  if (problems.length) return { ...refusalOf(problems), conflicts: [] };
  const status = (response as Response | undefined)?.status;
  if (status === undefined) return { kind: 'offline', problems: [], conflicts: [] };
  if (status === 403) return { kind: 'forbidden', problems: [], conflicts: [] };
  return { kind: status === 429 || status === 503 ? 'busy' : 'failed', problems: [], conflicts: [] };
}
