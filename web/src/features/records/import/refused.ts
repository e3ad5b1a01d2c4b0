import { guarded, readTable, writeTable } from '@/lib/table';

/** A row that was refused, or is fine since it was mended: then it has no problem. One that was touched since is still to be tried. */
export type RefusedRow = { readonly cells: readonly string[]; readonly problem: string | undefined; readonly isTouched?: boolean };

/** Rows of a file by its headers. */
export type Rows = { readonly headers: readonly string[]; readonly rows: readonly RefusedRow[] };

/** The most rows that are mended here; of more, the rest is put right elsewhere. */
export const mostMended = 100;

/** What a service says it refused: a table whose last column is the reason, or lines of JSON with it as `problem`. */
export function readRefused(text: string, isTable: boolean): Rows {
  if (!isTable) return readLines(text);
  const [headers = [], ...rows] = readTable(text, ',');
  return {
    headers: headers.slice(0, -1),
    rows: rows.map((row) => ({ cells: headers.slice(0, -1).map((_, i) => row[i] ?? ''), problem: row[headers.length - 1] })),
  };
}

function readLines(text: string): Rows {
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const headers = [...new Set(lines.flatMap((line) => Object.keys(line)))].filter((name) => name !== 'problem');
  const told = (value: unknown) =>
    value === null || value === undefined ? '' : typeof value === 'string' ? guarded(value) : JSON.stringify(value);
  return { headers, rows: lines.map((line) => ({ cells: headers.map((name) => told(line[name])), problem: told(line.problem) })) };
}

/** Rows as a file that can be sent again. */
export const fileOf = ({ headers, rows }: Rows): Blob =>
  new Blob([`${writeTable([headers, ...rows.map((row) => row.cells)], ',')}\n`], { type: 'text/csv' });

/** What is refused of mended rows, at the rows it is about: they come in the order in which they were sent. */
export function stillRefused(sent: Rows, refused: Rows): Rows {
  let next = 0;
  const rows = sent.rows.map(({ cells }): RefusedRow => {
    const one = refused.rows[next];
    const isIt = one?.cells.every((cell, i) => cell === cells[sent.headers.indexOf(refused.headers[i] ?? '')]) ?? false;
    if (isIt) next++;
    return { cells, problem: isIt ? one?.problem : undefined };
  });
  return { ...sent, rows };
}

/** Which fields a reason names. */
export const namedIn = (problem: string | undefined, field: string): boolean => Boolean(problem && ` ${problem}`.includes(` ${field}: `));
