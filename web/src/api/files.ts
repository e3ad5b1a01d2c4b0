import { zone } from '@/lib/format';
import type { RecordType } from './model';
import { currentToken } from './session';

export type FileFormat = 'csv' | 'xlsx';

type Asked = { readonly filter: string; readonly sort: string; readonly q: string; readonly columns: readonly string[] };

/** All records of a list as a file, as far as the person may take them out. Files do not travel in answers of the graph: they come from the records' own door. */
export async function exportFile(type: RecordType, format: FileFormat, { filter, sort, q, columns }: Asked): Promise<'done' | 'refused'> {
  const said = { format, filter, sort, q, fields: columns.join(','), zone: zone(), ...(format === 'csv' && { bom: 'true' }) };
  const query = new URLSearchParams(Object.entries(said).filter(([, value]) => value !== ''));
  const answer = await fetch(`/api/v1/${type.plural}/export?${query}`, { headers: { Authorization: `Bearer ${await currentToken()}` } });
  if (!answer.ok) return 'refused';
  save(await answer.blob(), `${type.plural}.${format}`);
  return 'done';
}

/** A file that a door answers with: the rows an import refused. */
export async function download(path: string, name: string): Promise<'done' | 'refused'> {
  const answer = await fetch(`/api/v1${path}`, { headers: { Authorization: `Bearer ${await currentToken()}` } });
  if (!answer.ok) return 'refused';
  save(await answer.blob(), name);
  return 'done';
}

function save(content: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
