import type { FieldModel, Model, RecordType } from '@/api/model';
import type { RecordList } from '@/api/RecordList';
import { recordsNamed } from '@/api/search';
import { isMasked, type Row, referredOf, titleOf, valueIn, withoutTypes } from '@/api/values';
import { t } from '@/lib/i18n/t';
import { unguarded } from '@/lib/table';
import { readCell, whyFixed, writeCell } from '../../fields/cellText';
import { kindOf } from '../../fields/FieldValue';
import { isBlank } from '../../fields/RawValue';
import type { Column } from '../columns';
import { type Range, sizeOf } from '../range';
import { type Copied, exactly } from './copied';

/** A cell that something is pasted into. */
export type Target = { readonly row: Row; readonly field: FieldModel; readonly text: string };
export type Change = Target & { readonly before: unknown; readonly value: unknown; readonly referred?: Row | null };
export type Misfit = Target & { readonly why: string };

/** What pasting comes to, before anything is written. */
export type Plan = {
  readonly changes: readonly Change[];
  readonly misfits: readonly Misfit[];
  /** How many cells have the value already. */
  readonly same: number;
  /** How many rows and columns there was no room for. */
  readonly beyond: { readonly rows: number; readonly columns: number };
};

/** What is pasted: lines of texts, and where they were copied here also what they stand for. */
export type Source = { readonly texts: readonly (readonly string[])[]; readonly exact?: Copied };

type Where = {
  readonly model: Model;
  readonly type: RecordType;
  readonly list: Pick<RecordList, 'row' | 'reach'>;
  readonly columns: readonly Column[];
};

/** The most rows that are pasted at once. */
export const mostRows = 5000;

/** What comes of pasting into a range: one value fills it, some fill it as often as they fit, others go from its corner as far as they reach. */
export async function planPaste(where: Where, range: Range, source: Source): Promise<Plan> {
  const { model, type, list, columns } = where;
  const [tall, wide] = [source.texts.length, Math.max(...source.texts.map((line) => line.length))];
  const size = sizeOf(range);
  const fills = size.rows % tall === 0 && size.columns % wide === 0;
  const [rows, width] = fills ? [size.rows, size.columns] : [tall, wide];
  const there = Math.max(0, Math.min(width, columns.length - range.left));
  const cells: (Change | Misfit | Named)[] = [];
  let same = 0;
  let reached = 0;
  for (; reached < Math.min(rows, mostRows); reached++) {
    const row = await list.reach(range.top + reached);
    if (!row) break;
    for (let i = 0; i < there; i++) {
      const field = columns[range.left + i]?.field;
      const [line, at] = [reached % tall, i % wide];
      const text = source.texts[line]?.[at];
      if (!field || text === undefined) continue;
      const cell = cellOf(model, type, { row, field, text }, source.exact, line, at);
      if (cell) cells.push(cell);
      else same++;
    }
  }
  const settled = await withRecords(model, type, cells);
  const changes = settled.filter((cell): cell is Change => 'value' in cell);
  const changing = changes.filter((change) => !isSame(change.field, change.before, change.value));
  return {
    changes: changing,
    misfits: settled.filter((cell): cell is Misfit => 'why' in cell),
    same: same + changes.length - changing.length,
    beyond: { rows: rows - reached, columns: width - there },
  };
}

type Named = Target & { readonly before: unknown; readonly name: string };

function cellOf(model: Model, type: RecordType, target: Target, copied: Copied | undefined, line: number, at: number) {
  const { row, field } = target;
  const before = withoutTypes(valueIn(row, field) ?? null);
  const exact = exactly(model, type, field, copied, line, at);
  const why = isMasked(row, field) ? t('masked') : type.graph.update ? whyFixed(field) : t('field.notYours');
  // Whoever brings back what is there does not mean to change it.
  if (why && target.text.trim() !== '' && target.text.trim() === writeCell(model, type, field, row).trim()) return undefined;
  // What cannot be edited as text can still be what the very same field of another record is.
  if (why && !(exact && why === t('cell.onPage'))) return { ...target, why };
  if (exact && !(isBlank(exact.value) && field.required)) {
    const text = exact.referred ? titleOf(model.referred(type, field), exact.referred) : target.text;
    return isSame(field, before, exact.value) ? undefined : { ...target, text, before, value: exact.value, referred: exact.referred };
  }
  const said = readCell(type, field, unguarded(target.text), before);
  if ('why' in said) return { ...target, why: said.why };
  if ('name' in said) {
    const referred = referredOf(row, field);
    return referred && titleOf(model.referred(type, field), referred) === said.name ? undefined : { ...target, before, name: said.name };
  }
  return isSame(field, before, said.value)
    ? undefined
    : { ...target, before, value: said.value, ...(said.value === null && { referred: null }) };
}

/** Records that were said by their names are looked for, all of a type at once. */
async function withRecords(model: Model, type: RecordType, cells: readonly (Change | Misfit | Named)[]): Promise<(Change | Misfit)[]> {
  const names = new Map<RecordType, Set<string>>();
  for (const cell of cells) {
    const to = 'name' in cell ? model.referred(type, cell.field) : undefined;
    if (to && 'name' in cell) names.set(to, (names.get(to) ?? new Set()).add(cell.name));
  }
  const found = new Map<RecordType, ReadonlyMap<string, readonly Row[]>>();
  for (const [to, some] of names) found.set(to, await recordsNamed(model, to, [...some]));
  return cells.map((cell) => {
    if (!('name' in cell)) return cell;
    const { name, ...rest } = cell;
    const to = model.referred(type, cell.field);
    const [record, another] = (to && found.get(to)?.get(name)) ?? [];
    if (!record) return { ...rest, why: t('cell.noRecord') };
    return another ? { ...rest, why: t('cell.manyRecords') } : { ...rest, value: record.id, referred: record };
  });
}

const counts = new Set(['integer', 'number', 'money', 'rating']);

/** Whether two values of a field are the same to a person: nothing and an empty list, a price of `1.50` and one of `1.5`. */
export function isSame(field: FieldModel, one: unknown, other: unknown): boolean {
  if (isBlank(one) || isBlank(other)) return isBlank(one) && isBlank(other);
  const plain = plainly(counts.has(kindOf(field)));
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

const plainly = (isNumber: boolean) =>
  function plain(value: unknown): unknown {
    if (isNumber && (typeof value === 'number' || (typeof value === 'string' && /^-?\d*\.?\d+$/.test(value)))) {
      const text = String(value);
      return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
    }
    if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value) ? new Date(value).toISOString() : value;
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    const parts = Object.entries(value).filter(([, part]) => part !== null);
    return Object.fromEntries(parts.sort(([a], [b]) => a.localeCompare(b)).map(([name, part]) => [name, plain(part)]));
  };
