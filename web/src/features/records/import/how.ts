import type { Draft, How } from '@/api/imports';
import { type FieldModel, isEditable, type RecordType } from '@/api/model';
import { labelOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import type { Option } from '@/ui/Select';
import { kindOf } from '../fields/FieldValue';

const external = 'externalIds.';

/** What a column can set: fields, what is only told where a record is entered, and what another system calls the record. */
export function targetsOf(type: RecordType, header: string): Option[] {
  const fields = type.fields.filter((field) => field.name === 'id' || (isEditable(field) && field.name !== 'externalIds'));
  const system = header
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return [
    ...[...fields, ...type.inputs].map((field) => ({
      value: field.name,
      label: field.name === 'id' ? t('import.id') : labelOf(type, field),
    })),
    ...(system && type.field('externalIds') ? [{ value: `${external}${system}`, label: t('import.external', { system }) }] : []),
  ];
}

export const targetLabel = (type: RecordType, name: string): string => {
  if (name === 'id') return t('import.id');
  if (name.startsWith(external)) return t('import.external', { system: name.slice(external.length) });
  const field = type.field(name) ?? type.inputs.find((input) => input.name === name);
  return field ? labelOf(type, field) : name;
};

const texts = new Set(['text', 'email', 'phone', 'url']);

const finds = (type: RecordType, name: string) => {
  const field: FieldModel | undefined = type.field(name);
  return name === 'id' || name.startsWith(external) || (field !== undefined && texts.has(kindOf(field)));
};

/** By what rows can find records that are there. */
export const matchesOf = (type: RecordType, { mapping }: Pick<How, 'mapping'>): Option[] =>
  [...new Set(Object.values(mapping))].flatMap((name) =>
    name && finds(type, name) ? [{ value: name, label: targetLabel(type, name) }] : [],
  );

/** What is suggested: what names a record finds it, so that nobody is entered twice. */
export function usualHow(type: RecordType, { mapping }: Draft): How {
  const named = Object.values(mapping).filter((name) => name !== null);
  const match =
    named.find((name) => name === 'id' || name.startsWith(external)) ?? named.find((name) => name === 'email' && finds(type, name));
  return { mapping, match, mode: match ? 'both' : 'create', onlyIfEmpty: [], blankErases: [] };
}

/** The column sets another field: what was said of the one before holds no more. */
export function mapped(type: RecordType, how: How, header: string, name: string | null): How {
  const before = how.mapping[header];
  const mapping = { ...how.mapping, [header]: name };
  const isThere = (one: string) => one !== before && Object.values(mapping).includes(one);
  const match = how.match && matchesOf(type, { mapping }).some(({ value }) => value === how.match) ? how.match : undefined;
  return {
    mapping,
    match,
    mode: match ? how.mode : 'create',
    onlyIfEmpty: match ? how.onlyIfEmpty.filter(isThere) : [],
    blankErases: match ? how.blankErases.filter(isThere) : [],
  };
}

export type Policy = 'set' | 'ifEmpty' | 'erase';

export const policyOf = (how: How, name: string): Policy =>
  how.onlyIfEmpty.includes(name) ? 'ifEmpty' : how.blankErases.includes(name) ? 'erase' : 'set';

export function withPolicy(how: How, name: string, policy: Policy): How {
  const without = (names: readonly string[]) => names.filter((one) => one !== name);
  return {
    ...how,
    onlyIfEmpty: policy === 'ifEmpty' ? [...without(how.onlyIfEmpty), name] : without(how.onlyIfEmpty),
    blankErases: policy === 'erase' ? [...without(how.blankErases), name] : without(how.blankErases),
  };
}

/** Fields that two columns would set. */
export function mappedTwice({ mapping }: How): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(Object.values(mapping).filter((name): name is string => name !== null && (seen.has(name) || !seen.add(name))));
}
