import { zone } from '@/lib/format';
import { authorizedFetch } from './client';
import type { RecordType } from './model';
import { type Refusal, refusalOf, refusalOfError } from './problems';
import { currentToken } from './session';

export type Sent<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly refusal: Refusal };

export type FileFormat = 'csv' | 'xlsx';

type Asked = { readonly filter: string; readonly sort: string; readonly q: string; readonly columns: readonly string[] };

/** All records of a list as a file, as far as the person may take them out. Files do not travel in answers of the graph: they come from the records' own door. */
export async function exportFile(type: RecordType, format: FileFormat, { filter, sort, q, columns }: Asked): Promise<'done' | 'refused'> {
  const said = { format, filter, sort, q, fields: columns.join(','), zone: zone(), ...(format === 'csv' && { bom: 'true' }) };
  const query = new URLSearchParams(Object.entries(said).filter(([, value]) => value !== ''));
  const answer = await fetch(`/api/v1/${type.plural}/export?${query}`, { headers: { Authorization: `Bearer ${await currentToken()}` } });
  if (!answer.ok) return 'refused';
  saveFile(await answer.blob(), `${type.plural}.${format}`);
  return 'done';
}

/** A file that a door answers with: the rows an import refused. */
export async function download(path: string, name: string): Promise<'done' | 'refused'> {
  const answer = await fetch(`/api/v1${path}`, { headers: { Authorization: `Bearer ${await currentToken()}` } });
  if (!answer.ok) return 'refused';
  saveFile(await answer.blob(), name);
  return 'done';
}

/** The text of a file that a door answers with. */
export async function readText(path: string): Promise<{ readonly text: string; readonly isTable: boolean } | undefined> {
  const answer = await authorizedFetch(`/api/v1${path}`);
  return answer.ok ? { text: await answer.text(), isTable: answer.headers.get('Content-Type')?.includes('csv') ?? false } : undefined;
}

type Told = {
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
};

/** Sends a file to a door; what it is shows in the file itself. Why it is refused is said as of any change. */
export async function sendFile<T>(path: string, file: Blob): Promise<Sent<T>> {
  try {
    const answer = await authorizedFetch(`/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file,
    });
    if (answer.ok) return { ok: true, data: (await answer.json()) as T };
    const { code = 'internal', detail, title, errors = {} } = (await answer.json().catch(() => ({}))) as Told;
    const problems = Object.entries(errors).flatMap(([field, texts]) => texts.map((message) => ({ code, message, field })));
    return { ok: false, refusal: refusalOf(problems.length ? problems : [{ code, message: detail ?? title ?? '' }]) };
  } catch (error) {
    return { ok: false, refusal: refusalOfError(error as Error) };
  }
}

/** Gives the person a file. */
export function saveFile(content: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
