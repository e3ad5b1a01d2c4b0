import { useMemo } from 'react';
import { useQuery } from 'urql';
import { client } from './client';
import { type FieldModel, type Model, type RecordType, useModel } from './model';
import { type Problem, type Refusal, refusalOf, refusalOfError } from './problems';

/** Something of a record that is done by a door of its own: winning a deal, changing a job. */
export type Slice = {
  readonly name: string;
  /** The field of the graph that does it. */
  readonly mutation: string;
  readonly inputs: readonly SliceInput[];
};

export type SliceInput = { readonly name: string; readonly required: boolean; readonly field: FieldModel };

type Named = {
  readonly kind: string;
  readonly name: string | null;
  readonly enumValues?: readonly { name: string }[] | null;
  readonly ofType?: Named | null;
};
type Described = {
  readonly inputFields: readonly { readonly name: string; readonly description: string | null; readonly type: Named }[] | null;
} | null;

const typeParts = 'kind name enumValues { name } ofType { kind name enumValues { name } }';

/** The slices of a record that the person may use, whose inputs are known from the graph. What nobody could enter in a form is left out. */
export function useSlices(type: RecordType, without: readonly string[]): readonly Slice[] {
  const model = useModel();
  const named = useMemo(() => slicesOf(model, type, without), [model, type, without]);
  const parts = named.map(
    ({ mutation }) => `${mutation}: __type(name: "${inputName(mutation)}") { inputFields { name description type { ${typeParts} } } }`,
  );
  const [{ data }] = useQuery<Readonly<Record<string, Described>>>({
    query: `query ${type.graph.type}Slices { ${parts.join(' ') || '__typename'} }`,
    pause: parts.length === 0,
  });
  return useMemo(
    () => (data ? named.flatMap((slice) => withInputs(model, type, slice, data[slice.mutation] ?? null)) : []),
    [model, type, named, data],
  );
}

const inputName = (mutation: string) => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;

function slicesOf(model: Model, type: RecordType, without: readonly string[]) {
  return [...model.slices.values()].flatMap(({ name, method, route, graph }) => {
    const mutation = graph.find((field) => field.type === 'Mutation')?.name;
    const isOfOne = route.startsWith(`/api/v1/${type.plural}/{id}/`);
    return mutation && method !== 'GET' && isOfOne && !without.includes(name) ? [{ name, mutation }] : [];
  });
}

function withInputs(model: Model, type: RecordType, { name, mutation }: Omit<Slice, 'inputs'>, described: Described): Slice[] {
  const inputs: SliceInput[] = [];
  for (const { name: input, description, type: told } of described?.inputFields ?? []) {
    const required = told.kind === 'NON_NULL';
    const field = fieldOf(model, type, input, description, (required ? told.ofType : told) ?? told);
    if (field) inputs.push({ name: input, required, field });
    else if (required) return [];
  }
  return [{ name, mutation, inputs }];
}

const kindsOf: Readonly<Record<string, string>> = {
  String: 'text',
  Boolean: 'boolean',
  Int: 'integer',
  Decimal: 'number',
  Date: 'date',
  DateTime: 'instant',
  Money: 'money',
};

// A field of the record of the same name says best how it is entered; an id is that of a record whose noun it is called by.
function fieldOf(model: Model, type: RecordType, name: string, help: string | null, told: Named): FieldModel | undefined {
  const own = type.field(name);
  if (own && told.kind !== 'LIST' && told.name !== 'JSON') return { ...own, required: false, help: null };
  if (told.kind === 'ENUM') {
    const values = (told.enumValues ?? []).map((value) => value.name);
    const like = type.fields.find(
      (field) => field.kind === 'choice' && field.choices?.length && values.every((value) => field.choices?.some((c) => c.value === value)),
    );
    const choices = values.map(
      (value) => like?.choices?.find((choice) => choice.value === value) ?? { value, label: value, color: null, retired: false },
    );
    return like ? { ...like, choices, help: null } : made(name, 'choice', help, { choices });
  }
  if (told.name === 'ID') {
    const of =
      model.types.find((one) => `${one.record}Id` === name) ??
      (/^(handOverTo|userId)$/.test(name) ? model.types.find((one) => one.record === 'user') : undefined);
    return of?.graph.list
      ? made(name, 'reference', help, {
          refers: `${of.service}.${of.record}`,
          graph: { name, reference: name.replace(/Id$/, ''), type: of.graph.type, input: true },
        })
      : undefined;
  }
  const kind = kindsOf[told.name ?? ''];
  return kind && name !== 'override' ? made(name, kind, help, {}) : undefined;
}

function made(name: string, kind: string, help: string | null, more: Partial<FieldModel>): FieldModel {
  const label = name.replace(/Id$/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return {
    name,
    label: label.charAt(0).toUpperCase() + label.slice(1),
    kind,
    origin: 'declared',
    required: false,
    setBySlices: false,
    readOnly: false,
    masked: false,
    sensitive: false,
    searchable: false,
    sortable: false,
    retired: false,
    deprecated: null,
    operators: [],
    choices: null,
    refers: null,
    parts: null,
    // What only repeats the name helps nobody.
    help: help?.replace(/\.$/, '').toLowerCase() === label.toLowerCase() ? null : help,
    default: null,
    min: null,
    max: null,
    pattern: null,
    gives: null,
    formula: null,
    index: null,
    graph: { name, reference: null, type: null, input: true },
    ...more,
  };
}

export type Done = { readonly ok: true; readonly operation: string | null } | { readonly ok: false; readonly refusal: Refusal };

/** Does it. The key is the form's: sent twice, it is done once. */
export async function runSlice(
  mutation: string,
  id: string,
  input: Readonly<Record<string, unknown>> | undefined,
  key: string,
): Promise<Done> {
  const [told, passed] = input ? [`, $input: ${inputName(mutation)}!`, ', input: $input'] : ['', ''];
  const document = `mutation ${inputName(mutation)}($id: ID!, $key: String${told}) {
  change: ${mutation}(id: $id${passed}, idempotencyKey: $key) { operation errors { code message field facts } }
}`;
  type Payload = { change: { operation: string | null; errors: readonly Problem[] } | null };
  const { data, error } = await client.mutation<Payload>(document, { id, input, key }).toPromise();
  if (!data?.change) return { ok: false, refusal: refusalOfError(error ?? new Error()) };
  if (data.change.errors.length) return { ok: false, refusal: refusalOf(data.change.errors) };
  return { ok: true, operation: data.change.operation };
}
