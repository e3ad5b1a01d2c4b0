import type { FieldModel, RecordType } from '@/api/model';
import { preferences } from '@/lib/preferences';
import { spokenName } from '@/lib/words';

const words: { de?: Readonly<Record<string, string>> } = {};

/** Words of other languages are fetched when somebody speaks them. */
export async function learnWords(language: string) {
  if (language === 'de') words.de ??= (await import('./labels.de')).wordsDe;
}

// Fields come with English labels; what a tenant has added has the tenant's own words in every language.
const word = (key: string): string | undefined => (preferences.get().language === 'de' ? words.de?.[key] : undefined);

export const labelOf = (type: RecordType, field: FieldModel): string =>
  (field.origin === 'custom' ? undefined : (word(`${type.record}.${field.name}`) ?? word(field.name))) ?? field.label;

export const oneOf = (type: RecordType): string => word(type.record) ?? type.label;

/** What one is called in the middle of a sentence: only German nouns begin with a capital there. */
export const oneWithin = (type: RecordType): string => (preferences.get().language === 'de' ? oneOf(type) : oneOf(type).toLowerCase());

export const manyOf = (type: RecordType): string => word(type.plural) ?? type.labels;

export const choiceLabel = (type: RecordType, field: FieldModel, value: string): string =>
  (field.origin === 'custom' ? undefined : (word(`${type.record}.${field.name}.${value}`) ?? word(`${field.name}.${value}`))) ??
  field.choices?.find((choice) => choice.value === value)?.label ??
  value;

/** What a part of a value is called: the city of an address. */
export const partLabel = (field: string, part: string): string => word(`${field}.${part}`) ?? word(part) ?? spokenName(part);

/** What something is used for, as people say it behind it: `work`, `mobile`. */
export const purposeLabel = (use: string): string => word(`use.${use}`) ?? spokenName(use).toLowerCase();

/** What a field is called wherever something is said of it by its name alone: `custom.size`, `lines[2].listPrice`. */
export function fieldLabel(type: RecordType | undefined, path: string): string {
  const own = type?.field(path);
  if (type && own) return labelOf(type, own);
  const [name = path, ...inside] = path
    .replace(/^custom\./, '')
    .split(/[.[\]]+/)
    .filter(Boolean);
  const field = type?.field(name);
  const parts = inside.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : partLabel(name, part)));
  return [type && field ? labelOf(type, field) : (word(name) ?? spokenName(name)), ...parts].join(', ');
}
