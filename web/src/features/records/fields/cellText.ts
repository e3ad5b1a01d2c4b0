import { type FieldModel, isEditable, type Model, type RecordType } from '@/api/model';
import { isMasked, type Row, referredOf, titleOf, valueIn } from '@/api/values';
import { choiceLabel } from '@/features/labels';
import { parseDate, parseInstant, writeInstant } from '@/lib/dates';
import type { Money } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { parseMoney, writeMoney } from '@/lib/money';
import { parseDecimal, writeDecimal } from '@/lib/parse';
import { preferences } from '@/lib/preferences';
import { kindOf, partsText } from './FieldValue';

/** A value as the text of a cell in another program: as it is shown, but numbers and moments so that programs can count with them. */
export function writeCell(model: Model, type: RecordType, field: FieldModel, row: Row): string {
  const value = valueIn(row, field);
  if (value === null || value === undefined || isMasked(row, field)) return '';
  const { language } = preferences.get();
  if (field.name === 'createdBy' || field.name === 'updatedBy') return (value as { name: string | null }).name ?? '';
  switch (kindOf(field)) {
    case 'reference': {
      const record = referredOf(row, field);
      return record ? titleOf(model.referred(type, field), record) : '';
    }
    case 'choice':
      return choiceLabel(type, field, String(value));
    case 'multiChoice':
      return (value as string[]).map((one) => choiceLabel(type, field, one)).join('; ');
    case 'texts':
      return (value as string[]).join('; ');
    case 'integer':
    case 'number':
      return writeDecimal(value as string | number, language);
    case 'money':
      return writeMoney(value as Money, language);
    case 'instant':
      return writeInstant(String(value));
    case 'boolean':
      return value ? t('yes') : t('no');
    case 'json':
      return JSON.stringify(value);
    case 'list':
    case 'address':
      return partsText(value);
    default:
      return String(value);
  }
}

/** What a text means to a field: a value, a record by its name, or why it means nothing. */
export type Said = { readonly value: unknown } | { readonly name: string } | { readonly why: string };

const whole = /^-?\d+$/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Why a field cannot be set at all, in words. */
export function whyFixed(field: FieldModel): string | undefined {
  if (isEditable(field) && field.name !== 'id') return ['list', 'address', 'json'].includes(kindOf(field)) ? t('cell.onPage') : undefined;
  if (field.masked) return t('masked');
  return field.readOnly ? t('field.notYours') : t('field.readOnly');
}

/** What a text from another program means to a field, in the person's language or as programs write it. */
export function readCell(type: RecordType, field: FieldModel, text: string, before: unknown): Said {
  const said = text.trim();
  if (said === '') return field.required ? { why: t('cell.needed') } : { value: emptyOf(field) };
  const { language } = preferences.get();
  const or = (value: unknown, why: string): Said => (value === undefined ? { why } : { value });
  switch (kindOf(field)) {
    case 'integer': {
      const digits = parseDecimal(said, language)?.replace(/\.0*$/, '');
      return or(digits && whole.test(digits) ? Number(digits) : undefined, t('cell.noWhole'));
    }
    case 'number':
      return or(parseDecimal(said, language), t('cell.noNumber'));
    case 'rating':
      return or(ratingOf(said), t('cell.noRating'));
    case 'money':
      return or(parseMoney(said, language, (before as Money | null)?.currency), t('cell.noMoney'));
    case 'date':
      return or(parseDate(said.replace(/[T ]00:00(:00)?(\.0+)?Z?$/, ''), language), t('cell.noDate'));
    case 'instant':
      return or(parseInstant(said, language), t('cell.noInstant'));
    case 'boolean':
      return or(yesOrNo(said), t('cell.noBoolean'));
    case 'choice':
      return or(choiceOf(type, field, said), t('cell.noChoice'));
    case 'multiChoice': {
      const chosen = wordsOf(said).map((word) => choiceOf(type, field, word));
      return chosen.includes(undefined) ? { why: t('cell.noChoice') } : { value: [...new Set(chosen)] };
    }
    case 'texts':
      return { value: [...new Set(wordsOf(said))] };
    case 'reference':
      return id.test(said) ? { value: said.toLowerCase() } : { name: said };
    default:
      return { value: kindOf(field) === 'longText' ? text : said.replace(/\s*\r?\n\s*/g, ' ') };
  }
}

const emptyOf = (field: FieldModel): unknown => (['texts', 'multiChoice'].includes(kindOf(field)) ? [] : null);

function ratingOf(said: string): number | undefined {
  const stars = /^★+$/.test(said) ? said.length : Number(said);
  return Number.isInteger(stars) && stars >= 1 && stars <= 5 ? stars : undefined;
}

const yes = new Set(['true', 'yes', 'ja', 'wahr', '1', 'x', '✓']);
const no = new Set(['false', 'no', 'nein', 'falsch', '0']);

function yesOrNo(said: string): boolean | undefined {
  const word = said.toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

/** The value of a choice that is said by its value or its label, in any case; one that is out of use is none. */
function choiceOf(type: RecordType, field: FieldModel, said: string): string | undefined {
  const word = said.toLowerCase();
  const choices = (field.choices ?? []).filter((choice) => !choice.retired);
  const found =
    choices.find(({ value }) => value === said) ??
    choices.find(({ value, label }) => [value, label, choiceLabel(type, field, value)].some((one) => one?.toLowerCase() === word));
  return found?.value;
}

/** Words in a row: between semicolons where there are some, else between commas; or as a list of JSON. */
function wordsOf(said: string): string[] {
  if (said.startsWith('['))
    try {
      const told: unknown = JSON.parse(said);
      if (Array.isArray(told)) return told.map(String);
    } catch {
      // No list: words like any others.
    }
  return said
    .split(said.includes(';') ? ';' : ',')
    .map((word) => word.trim())
    .filter(Boolean);
}
