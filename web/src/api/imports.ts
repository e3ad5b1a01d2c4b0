import { client } from './client';
import { readText, type Sent, sendFile } from './files';
import { ImportJobDocument, type ImportProgressFragment, StartImportDocument, type StartImportMutationVariables } from './graph';
import type { RecordType } from './model';
import { refusalOf, refusalOfError } from './problems';

export type ImportJob = ImportProgressFragment;

/** What was found in a file that was sent: nothing of it is imported yet. */
export type Draft = {
  readonly job: { readonly id: string };
  /** The field suggested for each column; null where none is. */
  readonly mapping: Readonly<Record<string, string | null>>;
  readonly sample: readonly Readonly<Record<string, string | null>>[];
};

/** How the rows become records. */
export type How = {
  readonly mapping: Readonly<Record<string, string | null>>;
  readonly match?: string;
  readonly mode: 'create' | 'update' | 'both';
  readonly onlyIfEmpty: readonly string[];
  readonly blankErases: readonly string[];
};

/** Sends a file and learns what is in it. */
export const sendImport = (type: RecordType, file: Blob, name: string): Promise<Sent<Draft>> =>
  sendFile<Draft>(`/${type.plural}/imports?${new URLSearchParams({ name })}`, file);

const named = (type: RecordType) => type.graph.type as StartImportMutationVariables['type'];

/** Begins with what was sent; with `dryRun` everything is tried and nothing kept. */
export async function startImport(type: RecordType, id: string, how: How, dryRun: boolean): Promise<Sent<ImportJob>> {
  const { mapping, match, mode, onlyIfEmpty, blankErases } = how;
  const input = { mapping, match, mode, onlyIfEmpty: [...onlyIfEmpty], blankErases: [...blankErases], dryRun };
  const { data, error } = await client
    .mutation(StartImportDocument, { type: named(type), id, input, key: crypto.randomUUID() })
    .toPromise();
  if (!data) return { ok: false, refusal: refusalOfError(error ?? new Error()) };
  const { result, errors } = data.startImport;
  return result && !errors.length ? { ok: true, data: result } : { ok: false, refusal: refusalOf(errors) };
}

/** How far an import is; nothing where there is none. */
export async function readImport(type: RecordType, id: string): Promise<ImportJob | null | undefined> {
  const { data } = await client.query(ImportJobDocument, { type: named(type), id }, { requestPolicy: 'network-only' }).toPromise();
  return data?.job;
}

export const isOver = ({ state }: ImportJob) => state === 'done' || state === 'failed' || state === 'cancelled';

/** The rows that were refused, as they were sent and each with its `problem`: a table, or lines of JSON. */
export const refusedRows = (type: RecordType, id: string) => readText(`/${type.plural}/imports/${id}/errors`);
