import type { Becomes } from '@/api/leads';
import type { FieldModel, RecordType } from '@/api/model';
import { type Row, valueIn } from '@/api/values';
import { isBlank } from '@/features/records/fields/RawValue';

/** What is done with a field where it is not what is done as a rule. */
export type Use = 'leave' | 'replace';

/** By target and field. */
export type Uses = Readonly<Record<string, Use>>;

/**
 * What becomes of what a lead says: it is taken by a new record, fills what is empty, is added to a list, is there already, or is not what is there.
 */
export type Effect = 'taken' | 'filled' | 'added' | 'same' | 'differs';

export type MappedField = {
  readonly key: string;
  readonly mapped: Becomes;
  readonly from: FieldModel;
  readonly to: FieldModel;
  readonly effect: Effect;
};

export const keyOf = ({ target, to }: Pick<Becomes, 'target' | 'to'>): string => `${target} ${to}`;

const united = new Set(['emails', 'phones']);

/** The fields of a target of which the lead says something, and what becomes of each; `there` is the record that is meant, where it is no new one. */
export function mappedFields(
  fields: readonly Becomes[],
  lead: { readonly type: RecordType; readonly row: Row },
  to: { readonly type: RecordType; readonly there: Row | undefined },
): readonly MappedField[] {
  return fields.flatMap((mapped) => {
    const [from, field] = [lead.type.field(mapped.from), to.type.field(mapped.to)];
    if (!from || !field || isBlank(valueIn(lead.row, from))) return [];
    return [{ key: keyOf(mapped), mapped, from, to: field, effect: effectOf(mapped, valueIn(lead.row, from), field, to.there) }];
  });
}

function effectOf({ to, fills }: Becomes, said: unknown, field: FieldModel, there: Row | undefined): Effect {
  if (!there) return 'taken';
  const known = valueIn(there, field);
  if (isBlank(known)) return fills ? 'filled' : 'differs';
  // One address becomes a list of addresses.
  if (textOf(known) === textOf(Array.isArray(known) && !Array.isArray(said) ? [said] : said)) return 'same';
  return united.has(to) ? 'added' : 'differs';
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (name, part: unknown) => (name === '__typename' || part === null ? undefined : part)).toLowerCase();

/** What is told of fields: what somebody has decided, as far as it makes a difference. */
export const fieldsTold = (all: readonly MappedField[], uses: Uses) =>
  all.flatMap(({ key, mapped: { target, to }, effect }) => {
    const use = uses[key];
    const matters = use === 'replace' ? effect === 'differs' : use === 'leave' && effect !== 'differs' && effect !== 'same';
    return matters ? [{ target, to, use }] : [];
  });
