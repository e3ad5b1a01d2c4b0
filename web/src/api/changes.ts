import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core';
import { client } from './client';
import { changeDocument, recordDocument } from './documents';
import { UndoDocument } from './graph';
import { forgetGuess, guess } from './guesses';
import type { Model, RecordType } from './model';
import { type Problem, type Refusal, refusalOf, refusalOfError } from './problems';
import { guessOf, inputOf, type Row, withoutTypes } from './values';

export type Refused = { readonly ok: false; readonly refusal: Refusal };
export type Outcome = { readonly ok: true; readonly row: Row | null; readonly operation: string | null } | Refused;
/** What became of a change that answers with more than a record. */
export type Answer<T> = { readonly ok: true; readonly result: T; readonly operation: string | null } | Refused;

type Payload = { operation?: string | null; errors: readonly Problem[]; [record: string]: unknown };
type Told<T> = { readonly change: { readonly result?: T | null; readonly operation?: string | null; readonly errors: readonly Problem[] } };

/** A change of some fields of a record that is shown. */
export type Edit = {
  readonly row: Row;
  readonly values: Readonly<Record<string, unknown>>;
  /** What the person saw before: somebody else's change of the same field comes back as a conflict. Left out, it is overwritten. */
  readonly base?: Readonly<Record<string, unknown>>;
  /** Records that references lead to from now on, to be shown before the server answers. */
  readonly shown?: Readonly<Record<string, Row | null>>;
  /** It is in a form, which shows what was entered until it is saved: the record is the new one when it is. */
  readonly inForm?: boolean;
};

/** Shows the change at once, sends it, and takes it back where it is refused. */
export async function editRecord(model: Model, type: RecordType, { row, values, base, shown = {}, inForm }: Edit): Promise<Outcome> {
  const key = crypto.randomUUID();
  if (!inForm) guess(key, { field: type.record, record: guessOf(model, type, row, values, shown) });
  const told = { id: row.id, input: inputOf(type, values), base: base && withoutTypes(base), key };
  try {
    return await send(changeDocument(model, type, 'update', Object.keys(values)), told, type);
  } finally {
    forgetGuess(key);
  }
}

/** Enters a record. The key is the form's: sent twice, it is entered once. */
export function createRecord(model: Model, type: RecordType, values: Readonly<Record<string, unknown>>, key: string): Promise<Outcome> {
  const names = [...Object.keys(values), ...(type.title ? [type.title] : [])];
  return send(changeDocument(model, type, 'create', names), { input: inputOf(type, values), key }, type);
}

export const deleteRecord = (model: Model, type: RecordType, id: string, confirm = false): Promise<Outcome> =>
  send(changeDocument(model, type, 'delete', []), { id, confirm, key: crypto.randomUUID() }, type);

export const restoreRecord = (model: Model, type: RecordType, id: string): Promise<Outcome> =>
  send(changeDocument(model, type, 'restore', type.title ? [type.title] : []), { id, key: crypto.randomUUID() }, type);

/** Reads fields of a record anew, for all who show them. */
export const readRecord = (model: Model, type: RecordType, id: string, names: readonly string[]) =>
  client.query<{ record: Row | null }>(recordDocument(model, type, names), { id }, { requestPolicy: 'network-only' }).toPromise();

/** Takes back all that an operation did; with `keepChanged` all but what has changed since. */
export async function undo(operation: string, keepChanged = false): Promise<Refusal | undefined> {
  const { data, error } = await client.mutation(UndoDocument, { operation, keepChanged }).toPromise();
  if (!data) return refusalOfError(error ?? new Error());
  return data.undo.errors.length ? refusalOf(data.undo.errors) : undefined;
}

/** Does what a document says that is known beforehand; its field is called `change` there. */
export async function run<T, Variables extends AnyVariables>(
  document: TypedDocumentNode<Told<T>, Variables>,
  variables: Variables,
): Promise<Answer<T | null>> {
  const { data, error } = await client.mutation(document, variables).toPromise();
  if (!data) return { ok: false, refusal: refusalOfError(error ?? new Error()) };
  const { result = null, operation = null, errors } = data.change;
  return errors.length ? { ok: false, refusal: refusalOf(errors) } : { ok: true, result, operation };
}

async function send(document: string, variables: Record<string, unknown>, type: RecordType): Promise<Outcome> {
  const { data, error } = await client.mutation<{ change: Payload | null }>(document, variables).toPromise();
  const change = data?.change;
  if (!change) return { ok: false, refusal: refusalOfError(error ?? (new Error() as CombinedError)) };
  if (change.errors.length) return { ok: false, refusal: refusalOf(change.errors) };
  return { ok: true, row: (change[type.record] as Row | undefined) ?? null, operation: change.operation ?? null };
}
