import type { OptimisticMutationResolver } from '@urql/exchange-graphcache';

/** What a change will probably have made of a record, under the change's idempotency key: shown at once, and taken back where it was refused. */
type Guess = { readonly field: string; readonly record: Record<string, unknown> };

const made = new Map<string, Guess>();

export function guess(key: string, what: Guess) {
  made.set(key, what);
}

export function forgetGuess(key: string) {
  made.delete(key);
}

const resolve: OptimisticMutationResolver = (told) => {
  const known = made.get(String(told.idempotencyKey));
  return known ? { __typename: 'Guess', [known.field]: known.record, operation: null, errors: [] } : null;
};

/** Any mutation may have a guess: which there are follows from the model. */
export const guesses = new Proxy<Record<string, OptimisticMutationResolver>>({}, { get: () => resolve });
