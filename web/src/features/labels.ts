import type { FieldModel, RecordType } from '@/api/model';
import { preferences } from '@/lib/preferences';

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
