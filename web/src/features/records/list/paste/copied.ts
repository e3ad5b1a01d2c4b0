import type { FieldModel, Model, RecordType } from '@/api/model';
import { isMasked, type Row, referredOf, valueIn, withoutTypes } from '@/api/values';
import { guarded, writeTable } from '@/lib/table';
import { writeCell } from '../../fields/cellText';
import { kindOf } from '../../fields/FieldValue';
import type { Column } from '../columns';
import { type Range, sizeOf } from '../range';

/** What cells hold beside their texts, for who pastes them here again: numbers to the last digit, records by their ids. */
export type Copied = {
  readonly columns: readonly { readonly record: string; readonly field: string; readonly kind: string; readonly to: string | undefined }[];
  readonly rows: readonly (readonly { readonly value: unknown; readonly referred: Row | null }[])[];
};

/** As which type of content the clipboard has it. */
export const copiedType = 'application/x-crm-cells';

type Source = {
  readonly model: Model;
  readonly type: RecordType;
  readonly columns: readonly Column[];
  readonly row: (i: number) => Row | undefined;
};

/** A rectangle of cells as other programs take it, and as this one does. */
export function copyOf({ model, type, columns, row }: Source, range: Range): { readonly text: string; readonly exact: string } {
  const { rows, columns: width } = sizeOf(range);
  const fields = columns.slice(range.left, range.left + width).map((column) => column.field);
  const taken = Array.from({ length: rows }, (_, i) => row(range.top + i)).filter((one) => one !== undefined);
  const texts = taken.map((one) => fields.map((field) => writeCell(model, type, field, one)));
  const copied: Copied = {
    columns: fields.map((field) => ({
      record: type.record,
      field: field.name,
      kind: kindOf(field),
      to: model.referred(type, field)?.graph.type,
    })),
    rows: taken.map((one) =>
      fields.map((field) => ({
        value: isMasked(one, field) ? null : withoutTypes(valueIn(one, field) ?? null),
        referred: referredOf(one, field),
      })),
    ),
  };
  const isOne = rows === 1 && width === 1;
  return {
    text: isOne
      ? (texts[0]?.[0] ?? '')
      : writeTable(
          texts.map((line) => line.map(guarded)),
          '\t',
        ),
    exact: JSON.stringify(copied),
  };
}

export function copiedIn(text: string): Copied | undefined {
  try {
    return text ? (JSON.parse(text) as Copied) : undefined;
  } catch {
    return undefined;
  }
}

const sameField = new Set(['choice', 'multiChoice', 'list', 'address', 'json']);

/** The value of a cell that was copied here, where it can be one of a field; otherwise its text has to do. */
export function exactly(model: Model, type: RecordType, field: FieldModel, copied: Copied | undefined, row: number, column: number) {
  const from = copied?.columns[column];
  const cell = copied?.rows[row]?.[column];
  if (!from || !cell || from.kind !== kindOf(field)) return undefined;
  if (from.kind === 'reference') return from.to && from.to === model.referred(type, field)?.graph.type ? cell : undefined;
  return sameField.has(from.kind) && (from.record !== type.record || from.field !== field.name) ? undefined : cell;
}
