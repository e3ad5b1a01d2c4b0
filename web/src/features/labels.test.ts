import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wordsDe } from './labels.de';

type Kept = { readonly kind?: string; readonly choices?: readonly string[]; readonly parts?: Readonly<Record<string, string>> };
type Records = Readonly<Record<string, Readonly<Record<string, Kept | boolean>>>>;

// Every record type with its fields, as the services keep them.
const catalogue = new URL('../../../services/Integrations/Catalogue/records.json', import.meta.url);
const records = JSON.parse(readFileSync(catalogue, 'utf8')) as Records;

const has = (...keys: readonly string[]) => keys.some((key) => key in wordsDe);

function* lacking(record: string, fields: Records[string]) {
  if (!has(record)) yield record;
  for (const [name, kept] of Object.entries(fields ?? {})) {
    if (typeof kept === 'boolean') continue;
    if (!has(name, `${record}.${name}`)) yield `${record}.${name}`;
    for (const choice of kept.choices ?? [])
      if (!has(`${name}.${choice}`, `${record}.${name}.${choice}`)) yield `${record}.${name}.${choice}`;
    for (const part of Object.keys(kept.parts ?? {})) if (!has(part, `${name}.${part}`)) yield `${record}.${name}[].${part}`;
  }
}

describe('German', () => {
  it('has a word for every record type, field, choice and part there is', () => {
    const all = Object.entries(records).flatMap(([type, fields]) => [...lacking(type.slice(type.indexOf('.') + 1), fields)]);
    expect(all).toEqual([]);
  });
});
