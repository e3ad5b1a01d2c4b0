import { client } from './client';
import { selectionOf } from './documents';
import type { Model, RecordType } from './model';
import { type Problem, type Refusal, refusalOf, refusalOfError } from './problems';
import { inputOf, withoutTypes } from './values';

/** A change of one of many records: as with a single one, what somebody else has changed meanwhile comes back as a conflict. */
export type Patch = {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly base: Readonly<Record<string, unknown>>;
};

/** What became of many changes: of each why it was refused, in order, and what to undo to take all others back. */
export type Patched =
  | { readonly ok: true; readonly operation: string | null; readonly refusals: readonly (Refusal | undefined)[] }
  | { readonly ok: false; readonly refusal: Refusal };

type Answer = { batch: { operation: string | null; errors: readonly Problem[]; items: readonly { errors: readonly Problem[] }[] } };

/** The most changes that are sent at once. */
export const mostAtOnce = 500;

/** Changes many records, each for itself, as one operation. Whoever shows them sees the answer at once. */
export async function patchMany(model: Model, type: RecordType, patches: readonly Patch[]): Promise<Patched> {
  const names = [...new Set(patches.flatMap(({ values }) => Object.keys(values)))];
  const document = `mutation Patch${type.graph.type}Batch($operations: [BatchOperationInput!]!, $key: String) {
  batch(type: ${type.graph.type}, input: { operations: $operations, atomic: false }, idempotencyKey: $key) {
    items { record { __typename ... on ${type.graph.type} { ${selectionOf(model, type, names)} } } errors { code message field facts } }
    operation
    errors { code message field facts }
  }
}`;
  const operations = patches.map(({ id, values, base }) => ({ do: 'patch', id, fields: inputOf(type, values), base: withoutTypes(base) }));
  const { data, error } = await client.mutation<Answer>(document, { operations, key: crypto.randomUUID() }).toPromise();
  if (!data) return { ok: false, refusal: refusalOfError(error ?? new Error()) };
  const { batch } = data;
  if (batch.errors.length) return { ok: false, refusal: refusalOf(batch.errors) };
  return {
    ok: true,
    operation: batch.operation,
    refusals: batch.items.map(({ errors }) => (errors.length ? refusalOf(errors) : undefined)),
  };
}
