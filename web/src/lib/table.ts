/** The texts of a table as programs hand it on: one in quotes may have breaks and separators in it, and quotes that are doubled. */
export function readTable(text: string, separator: '\t' | ',' | ';'): string[][] {
  const rows: string[][] = [[]];
  const ends = (at: number) => at >= text.length || text[at] === separator || text[at] === '\n' || text.startsWith('\r\n', at);
  for (let at = 0; at <= text.length; ) {
    const quoted = quotedAt(text, at);
    // A sign of inches at the beginning of a word begins no quotation.
    const isQuoted = quoted !== undefined && ends(quoted.end);
    let end = isQuoted ? quoted.end : at;
    while (!ends(end)) end++;
    rows.at(-1)?.push(isQuoted ? quoted.text : text.slice(at, end));
    if (text[end] === separator) at = end + 1;
    else {
      at = end + (text[end] === '\r' ? 2 : 1);
      if (end < text.length && at < text.length) rows.push([]);
      if (at >= text.length) break;
    }
  }
  return rows;
}

function quotedAt(text: string, at: number): { text: string; end: number } | undefined {
  if (text[at] !== '"') return undefined;
  let inside = '';
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== '"') inside += text[i];
    else if (text[i + 1] === '"') inside += text[i++];
    else return { text: inside, end: i + 1 };
  }
  return undefined;
}

export const writeTable = (rows: readonly (readonly string[])[], separator: '\t' | ','): string =>
  rows
    .map((row) => row.map((cell) => (needsQuotes(cell, separator) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator))
    .join('\n');

const needsQuotes = (cell: string, separator: string) => cell.includes(separator) || /["\r\n]/.test(cell);

// What begins so is a formula to spreadsheet programs; a number or a telephone number is none.
const isFormula = (text: string) => /^[=@]/.test(text) || (/^[+-]/.test(text) && !/^[+-][\d\s()/.,-]*$/.test(text));

/** A text that no spreadsheet program takes for a formula. */
export const guarded = (text: string): string => (isFormula(text) || /^'[=@+-]/.test(text) ? `'${text}` : text);

export const unguarded = (text: string): string => (/^''?[=@+-]/.test(text) ? text.slice(1) : text);
