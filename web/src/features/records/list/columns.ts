import type { FieldModel, RecordType } from '@/api/model';
import { labelOf } from '@/features/labels';
import { isNumeric, kindOf } from '../fields/FieldValue';

/** A column: a field, how wide it is, and whether it stays at the left. */
export type Column = { readonly field: FieldModel; readonly width: number; readonly pinned: boolean };

/** What somebody has made of a list's columns on this device, by the name of the field. */
export type Widths = Readonly<Record<string, number>>;

const first: Readonly<Record<string, readonly string[]>> = {
  contacts: ['displayName', 'email', 'phone', 'accountId', 'jobTitle', 'lifecycleStage', 'ownerId', 'tags', 'updatedAt'],
  accounts: ['name', 'industry', 'domain', 'employees', 'revenue', 'status', 'ownerId', 'tags', 'updatedAt'],
  leads: ['displayName', 'company', 'email', 'status', 'grade', 'fitScore', 'source', 'estimatedAmount', 'ownerId', 'createdAt'],
  deals: ['name', 'amount', 'stageId', 'status', 'accountId', 'probability', 'expectedCloseOn', 'ownerId', 'updatedAt'],
};

const hidden = new Set(['id', 'version', 'deletedAt', 'createdBy', 'updatedBy', 'externalIds']);

/** The columns of a list nobody has arranged yet. */
export function usualColumns(type: RecordType): string[] {
  const named = first[type.plural]?.filter((name) => type.field(name));
  if (named?.length) return named;
  const others = type.fields.filter(
    (field) =>
      field.graph.name && field.name !== type.title && !hidden.has(field.name) && field.kind !== 'longText' && field.kind !== 'json',
  );
  // What a record is about comes before what the platform notes of each.
  const byPlatform = (field: FieldModel) => Number(field.origin === 'platform');
  others.sort((a, b) => byPlatform(a) - byPlatform(b));
  return [...(type.title ? [type.title] : []), ...others.slice(0, 8).map((field) => field.name)];
}

const widths: Readonly<Record<string, number>> = {
  boolean: 96,
  integer: 112,
  number: 128,
  rating: 112,
  date: 128,
  instant: 176,
  money: 144,
  choice: 148,
  reference: 176,
  longText: 280,
  email: 220,
  list: 240,
};

/** As wide as its values are, and as what stands above them is, within reason. */
export const usualWidth = (type: RecordType, field: FieldModel): number =>
  field.name === type.title ? 240 : Math.max(widths[kindOf(field)] ?? 168, Math.min(36 + labelOf(type, field).length * 7, 200));

export function columnsOf(type: RecordType, names: readonly string[], kept: Widths, pins: readonly string[]): Column[] {
  const all = names.flatMap((name) => {
    const field = type.field(name);
    return field?.graph.name ? [{ field, width: kept[name] ?? usualWidth(type, field), pinned: pins.includes(name) }] : [];
  });
  return [...all.filter((column) => column.pinned), ...all.filter((column) => !column.pinned)];
}

/** Fields that a list can show. */
export const showable = (type: RecordType): FieldModel[] =>
  type.fields.filter((field) => field.graph.name && !['id', 'version', 'deletedAt'].includes(field.name) && !field.retired);

export const alignsRight = isNumeric;
