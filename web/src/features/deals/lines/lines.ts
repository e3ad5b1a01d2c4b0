import type { CombinedError } from '@urql/core';
import { client } from '@/api/client';
import { type Problem, type Refusal, refusalOf, refusalOfError } from '@/api/problems';
import type { Money } from '@/lib/format';
import { parseDecimal, writeDecimal } from '@/lib/parse';

export type Period = 'once' | 'month' | 'quarter' | 'year';

/** A line as somebody has it in front of them. What a line has not been told, the service fills in. */
export type Line = {
  readonly key: string;
  readonly productId: string | null;
  readonly name: string | null;
  readonly quantity: number;
  readonly listPrice: Money | null;
  readonly discountPercent: number | null;
  readonly discountAmount: number | null;
  readonly taxClass: string | null;
  readonly period: Period | null;
  readonly term: number;
  readonly total: Money | null;
};

export type Told = Omit<Line, 'key' | 'quantity' | 'term' | 'discountPercent' | 'discountAmount'> & {
  readonly quantity: string | number | null;
  readonly discountPercent: string | number | null;
  readonly discountAmount: string | number | null;
  readonly term: string | number | null;
};

export const columns = ['name', 'quantity', 'listPrice', 'discount', 'taxClass', 'period', 'term'] as const;
export type Column = (typeof columns)[number];

const number = (value: string | number | null): number | null => (value === null ? null : Number(value));

/** Lines as they were told, in their order. A line has no name of its own: its place is its key. */
export const linesOf = (told: readonly Told[] | null | undefined): Line[] =>
  (told ?? []).map((line, i) => ({
    key: `${i}`,
    productId: line.productId,
    name: line.name,
    quantity: number(line.quantity) ?? 1,
    listPrice: line.listPrice && { amount: line.listPrice.amount, currency: line.listPrice.currency },
    discountPercent: number(line.discountPercent),
    discountAmount: number(line.discountAmount),
    taxClass: line.taxClass,
    period: line.period,
    term: number(line.term) ?? 1,
    total: line.total,
  }));

export const emptyLine = (): Line => ({
  key: crypto.randomUUID(),
  productId: null,
  name: null,
  quantity: 1,
  listPrice: null,
  discountPercent: null,
  discountAmount: null,
  taxClass: null,
  period: null,
  term: 1,
  total: null,
});

const document = `mutation SetLines($id: ID!, $input: SetLinesInput!, $key: String) {
  change: setLines(id: $id, input: $input, idempotencyKey: $key) {
    deal { __typename id version amount lines { productId name quantity listPrice discountPercent discountAmount taxClass period term position total } }
    operation errors { code message field facts }
  }
}`;

type Answer = { change: { operation: string | null; errors: readonly Problem[] } | null };
export type Saved = { readonly operation: string | null; readonly refusal?: undefined } | { readonly refusal: Refusal };

/** All lines of a deal in one save: what they come to is the service's to say. */
export async function saveLines(deal: string, lines: readonly Line[]): Promise<Saved> {
  const input = { lines: lines.map(({ key: _, total: __, ...line }) => line) };
  const { data, error } = await client.mutation<Answer>(document, { id: deal, input, key: crypto.randomUUID() }).toPromise();
  if (!data?.change) return { refusal: refusalOfError(error as CombinedError) };
  const { errors, operation } = data.change;
  return errors.length ? { refusal: refusalOf(errors) } : { operation };
}

/** What is wrong with a cell, as the service says it: `lines[2].listPrice`. */
export function problemAt(problems: readonly Problem[], row: number, column: Column): string | undefined {
  const names = column === 'discount' ? ['discountPercent', 'discountAmount'] : column === 'name' ? ['name', 'productId'] : [column];
  return problems.find(({ field }) => names.some((name) => field === `lines[${row}].${name}`))?.message;
}

/** What a cell says, as somebody would type it. */
export function textOf(line: Line, column: Column, language: string): string {
  switch (column) {
    case 'name':
      return line.name ?? '';
    case 'quantity':
      return writeDecimal(line.quantity, language);
    case 'listPrice':
      return line.listPrice ? writeDecimal(line.listPrice.amount, language) : '';
    case 'discount':
      if (line.discountAmount !== null) return writeDecimal(line.discountAmount, language);
      return line.discountPercent ? `${writeDecimal(line.discountPercent, language)}%` : '';
    case 'taxClass':
      return line.taxClass ?? '';
    case 'period':
      return line.period ?? 'once';
    case 'term':
      return String(line.term);
  }
}

/** The line with what was typed into a cell; undefined where it cannot be meant. */
export function withText(line: Line, column: Column, text: string, language: string, currency: string): Line | undefined {
  const typed = text.trim();
  switch (column) {
    case 'name':
      return { ...line, productId: null, name: typed || null };
    case 'taxClass':
      return { ...line, taxClass: typed || null };
    case 'quantity': {
      const quantity = parseDecimal(typed, language);
      return quantity === undefined ? undefined : { ...line, quantity: Number(quantity) };
    }
    case 'listPrice': {
      if (!typed) return { ...line, listPrice: null };
      const own = typed.match(/[A-Za-z]{3}$/)?.[0];
      const amount = parseDecimal(own ? typed.slice(0, -3) : typed, language);
      return amount === undefined
        ? undefined
        : { ...line, listPrice: { amount, currency: own?.toUpperCase() ?? line.listPrice?.currency ?? currency } };
    }
    case 'discount': {
      if (!typed) return { ...line, discountPercent: null, discountAmount: null };
      const percent = typed.endsWith('%');
      const amount = parseDecimal(percent ? typed.slice(0, -1) : typed, language);
      if (amount === undefined) return undefined;
      return { ...line, discountPercent: percent ? Number(amount) : null, discountAmount: percent ? null : Number(amount) };
    }
    case 'period':
      return { ...line, period: typed as Period };
    case 'term':
      return /^\d+$/.test(typed) ? { ...line, term: Number(typed) } : undefined;
  }
}

/** A list with one of it in another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  if (to < 0 || to >= list.length) return list;
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}
