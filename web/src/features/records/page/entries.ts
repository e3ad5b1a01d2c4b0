import type { Entry, FieldChange } from '@/api/history';
import type { FieldModel, RecordType } from '@/api/model';
import type { Happening } from '@/api/timeline';
import { kindOf } from '../fields/FieldValue';

export const kinds = ['all', 'changes', 'steps', 'related'] as const;
export type Kind = (typeof kinds)[number];

export type Changed = { readonly field: FieldModel; readonly change: FieldChange };

/** A line of the page's middle: something that happened to the record, or to what belongs to it. */
export type Line =
  | {
      readonly of: 'record';
      readonly at: string;
      readonly key: string;
      readonly what: string;
      readonly entry: Entry;
      readonly changes: readonly Changed[];
      readonly also: readonly Changed[];
    }
  | { readonly of: 'related'; readonly at: string; readonly key: string; readonly what: string; readonly happening: Happening };

/** `deal.won` is `won`, `contacts.contact.jobChanged` is `jobChanged`. */
const whatOf = (type: string) => type.slice(type.lastIndexOf('.') + 1);

const plain = new Set(['created', 'updated', 'deleted', 'restored', 'merged']);

/** What somebody has done, apart from what followed from it. */
const isMeant = (field: FieldModel) =>
  !field.setBySlices || kindOf(field) === 'choice' || (kindOf(field) === 'reference' && !/^previous/.test(field.name));

export function linesOf(type: RecordType, entries: readonly Entry[], happenings: readonly Happening[]): readonly Line[] {
  const own = entries.map((entry): Line => {
    const changed = Object.entries(entry.data?.changes ?? {}).flatMap(([name, change]) => {
      const field = type.field(name) ?? type.field(`custom.${name}`);
      return field ? [{ field, change }] : [];
    });
    const changes = changed.filter(({ field }) => isMeant(field));
    return {
      of: 'record',
      at: entry.at,
      key: `${entry.version}`,
      what: whatOf(entry.type),
      entry,
      // What nobody has done but the platform is all there is to say of it.
      changes: changes.length ? changes : changed,
      also: changes.length ? changed.filter(({ field }) => !isMeant(field)) : [],
    };
  });
  const related = happenings.map(
    (happening, i): Line => ({ of: 'related', at: happening.at, key: `r${i} ${happening.recordId}`, what: happening.what, happening }),
  );
  return [...own, ...related].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

export function isShown(line: Line, kind: Kind, field: string | undefined): boolean {
  if (field) return line.of === 'record' && [...line.changes, ...line.also].some((one) => one.field.name === field);
  switch (kind) {
    case 'changes':
      return line.of === 'record' && plain.has(line.what);
    case 'steps':
      return line.of === 'record' && !plain.has(line.what);
    case 'related':
      return line.of === 'related';
    default:
      return true;
  }
}

/** What else an event says: why, from where. Ids say nothing to people. */
export function factsOf(facts: Readonly<Record<string, unknown>> | null | undefined): readonly (readonly [string, string])[] {
  return Object.entries(facts ?? {}).flatMap(([name, value]) =>
    name !== 'changes' &&
    /^(reason|note|override|daysInStage|maxAgeDays|expectedCloseOn|dueAt)$/.test(name) &&
    value !== null &&
    value !== ''
      ? [[name, String(value)] as const]
      : [],
  );
}
