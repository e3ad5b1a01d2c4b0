import { useMemo } from 'react';
import { run } from '@/api/changes';
import { useAnswer } from '@/api/hooks';
import type { FieldModel, RecordType } from '@/api/model';
import { withoutTypes } from '@/api/values';
import type { PlainKey } from '@/lib/i18n/catalogue';
import {
  CreateCustomFieldDocument,
  type CreateCustomFieldMutationVariables,
  CustomFieldsDocument,
  type CustomFieldsQuery,
  type CustomFieldsQueryVariables,
  UpdateCustomFieldDocument,
} from '../graph';

type Told = NonNullable<CustomFieldsQuery['customFields']>[number];
type Flag = 'required' | 'retired' | 'indexed' | 'sensitive';

/** A field the tenant has added, with everything that is not said taken for no. */
export type CustomField = Omit<Partial<Told>, Flag | 'choices' | 'id' | 'name' | 'label' | 'kind'> & { readonly [F in Flag]: boolean } & {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly choices: readonly Choice[];
};

export type Choice = {
  readonly value: string;
  readonly label?: string | null;
  readonly color?: string | null;
  readonly retired?: boolean | null;
};

export const named = (type: RecordType) => type.graph.type as CustomFieldsQueryVariables['type'];

/** The fields a tenant has added to a type; or those of them that were deleted. */
export function useCustomFields(type: RecordType, trash = false) {
  const { data, refusal, again } = useAnswer(CustomFieldsDocument, { type: named(type), trash });
  const fields = useMemo(() => data?.customFields?.map(fieldOf), [data]);
  return { data: fields, refusal, again };
}

const fieldOf = (told: Told): CustomField => {
  const { id, required, retired, indexed, sensitive, choices, ...rest } = withoutTypes(told) as Told;
  return {
    ...rest,
    id: id ?? '',
    kind: rest.kind ?? 'text',
    required: required ?? false,
    retired: retired ?? false,
    indexed: indexed ?? false,
    sensitive: sensitive ?? false,
    choices: choices ?? [],
  };
};

/** Adds a field; or changes one, with what was seen of it. */
export function saveField(type: RecordType, told: Facts, of?: { readonly id: string; readonly base?: Facts }) {
  const input = told as CreateCustomFieldMutationVariables['input'];
  return of
    ? run(UpdateCustomFieldDocument, { type: named(type), id: of.id, input, base: of.base })
    : run(CreateCustomFieldDocument, { type: named(type), input, key: crypto.randomUUID() });
}

type Facts = Readonly<Record<string, unknown>>;

/** What is entered of a field, before it is one. */
export type Draft = Omit<CustomField, 'id' | 'index' | 'problems' | 'gives' | 'retired'>;

export const blank: Draft = {
  name: '',
  label: '',
  kind: 'text',
  required: false,
  choices: [],
  indexed: false,
  sensitive: false,
};

/** The kinds a field can have, in the order they are offered. */
export const kinds = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'instant',
  'boolean',
  'choice',
  'multiChoice',
  'email',
  'phone',
  'url',
  'rating',
  'reference',
  'formula',
  'rollUp',
  'json',
] as const;

const texts = ['text', 'longText', 'email', 'phone', 'url'];
const computed = ['formula', 'rollUp'];

export const isComputed = (kind: string) => computed.includes(kind);
export const hasChoices = (kind: string) => kind === 'choice' || kind === 'multiChoice';
export const hasLength = (kind: string) => texts.includes(kind);
export const hasBounds = (kind: string) => hasLength(kind) || kind === 'number' || kind === 'money';
export const hasPattern = (kind: string) => kind === 'text' || kind === 'longText';
export const hasDefault = (kind: string) => !isComputed(kind) && kind !== 'json' && kind !== 'reference';
export const canIndex = (kind: string) => !isComputed(kind) && !['longText', 'multiChoice', 'json', 'boolean'].includes(kind);

/** What a field of a kind is made of; what belongs to other kinds is not sent. */
export function toldOf(draft: Draft): Record<string, unknown> {
  const { kind } = draft;
  const orNull = (value: unknown) => (value === '' || value === undefined ? null : value);
  return {
    name: draft.name,
    label: draft.label,
    kind,
    help: orNull(draft.help),
    sensitive: draft.sensitive,
    ...(!isComputed(kind) && { required: draft.required }),
    ...(hasChoices(kind) && { choices: draft.choices }),
    ...(hasDefault(kind) && { default: orNull(draft.default) }),
    ...(hasBounds(kind) && { min: orNull(draft.min), max: orNull(draft.max) }),
    ...(hasPattern(kind) && { pattern: orNull(draft.pattern) }),
    ...(canIndex(kind) && { indexed: draft.indexed }),
    ...(kind === 'formula' && { formula: orNull(draft.formula) }),
    ...(kind === 'rollUp' && {
      list: orNull(draft.list),
      function: orNull(draft.function),
      field: draft.function === 'count' ? null : orNull(draft.field),
      filter: orNull(draft.filter),
    }),
  };
}

/** What is sent of a change: what differs, with what was there. */
export function changeOf(
  before: CustomField,
  after: Draft,
): { change: Record<string, unknown>; base: Record<string, unknown> } | undefined {
  const [old, now] = [toldOf(before), toldOf(after)];
  const changed = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(old[name]));
  if (!changed.length) return undefined;
  const pick = (from: Record<string, unknown>) => Object.fromEntries(changed.map((name) => [name, from[name]]));
  return { change: pick(now), base: pick(old) };
}

/** Shoe size → shoeSize */
export function nameFor(label: string): string {
  const plain = label.replace(/[äöüß]/gi, (sign) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[sign.toLowerCase()] ?? sign);
  const words = plain
    .normalize('NFD')
    .replace(/[^a-zA-Z0-9 _-]/g, '')
    .split(/[ _-]+/)
    .filter(Boolean);
  const camel = words.map((word, i) => (i ? word.charAt(0).toUpperCase() + word.slice(1) : word.toLowerCase())).join('');
  return camel.replace(/^[^a-z]+/, '').slice(0, 40);
}

/** The field as the model would have it, so that its default is entered as its values are. */
export const modelOfDraft = (draft: Draft): FieldModel =>
  ({
    name: draft.name,
    label: draft.label,
    kind: draft.kind,
    origin: 'custom',
    choices: draft.choices.map((choice) => ({
      ...choice,
      label: choice.label || choice.value,
      color: choice.color ?? null,
      retired: false,
    })),
    max: draft.max ?? null,
    gives: null,
    graph: { name: draft.name, reference: null, type: null, input: true },
  }) as unknown as FieldModel;

export const kindKey = (kind: string): PlainKey => `set.kind.${kind}` as PlainKey;
