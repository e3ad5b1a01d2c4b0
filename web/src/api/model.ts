import { Store, useStore } from '@/lib/store';
import { client } from './client';
import { ModelDocument, type ModelQuery } from './graph';

type Told = ModelQuery['model'];
type ToldRecord = NonNullable<Told['records']>[number];
type ToldField = NonNullable<ToldRecord['fields']>[number];
type ToldChoice = NonNullable<ToldField['choices']>[number];
type Flag = 'required' | 'setBySlices' | 'readOnly' | 'masked' | 'sensitive' | 'searchable' | 'sortable' | 'retired';

/** A field of a record type, with everything that is not said taken for no. */
export type FieldModel = Omit<ToldField, Flag | 'operators' | 'choices'> & {
  readonly [F in Flag]: boolean;
} & {
  readonly operators: readonly string[];
  readonly choices: readonly (Omit<ToldChoice, 'retired'> & { readonly retired: boolean })[] | null;
};
export type Deed = 'create' | 'read' | 'update' | 'delete' | 'export';
export type Viewer = ModelQuery['viewer'];

/** A record type as it is for this person, with what screens look up in it. */
export type RecordType = Omit<ToldRecord, 'fields' | 'inputs' | 'related'> & {
  readonly fields: readonly FieldModel[];
  readonly inputs: readonly FieldModel[];
  readonly related: NonNullable<ToldRecord['related']>;
  readonly field: (name: string) => FieldModel | undefined;
  /** The field a record of the type is known by: `displayName`, `name`, `title`. */
  readonly title: string | undefined;
};

export type Model = {
  readonly version: string;
  readonly viewer: Viewer;
  readonly privileges: ReadonlySet<string>;
  readonly types: readonly RecordType[];
  /** The slices this person may use, by their name: `winDeal`. */
  readonly slices: ReadonlyMap<string, NonNullable<Told['slices']>[number]>;
  readonly overrides: NonNullable<Told['overrides']>;
  readonly byName: (graphType: string) => RecordType | undefined;
  readonly byPlural: (plural: string) => RecordType | undefined;
  /** What a reference leads to: `account`, or `identity.user` of another service. */
  readonly referred: (from: RecordType, field: FieldModel) => RecordType | undefined;
};

const titles = ['displayName', 'name', 'title', 'subject', 'number', 'label', 'email', 'address', 'code'];

const model = new Store<Model | undefined>(undefined);

export function modelOf({ model: told, viewer }: ModelQuery): Model {
  const types = (told.records ?? []).map(typeOf);
  const byType = new Map(types.map((type) => [type.graph.type, type]));
  const byPlural = new Map(types.map((type) => [type.plural, type]));
  return {
    version: told.version,
    viewer,
    privileges: new Set(told.privileges ?? []),
    types,
    slices: new Map((told.slices ?? []).map((slice) => [slice.name, slice])),
    overrides: told.overrides ?? [],
    byName: (name) => byType.get(name),
    byPlural: (plural) => byPlural.get(plural),
    referred: (from, { graph, refers }) => {
      if (graph.type) return byType.get(graph.type);
      const [service, record] = refers?.includes('.') ? refers.split('.') : [from.service, refers];
      return types.find((type) => type.service === service && type.record === record);
    },
  };
}

function typeOf(told: ToldRecord): RecordType {
  const fields = (told.fields ?? []).map(fieldOf);
  const byName = new Map(fields.map((field) => [field.name, field]));
  return {
    ...told,
    fields,
    inputs: (told.inputs ?? []).map(fieldOf),
    related: told.related ?? [],
    field: (name) => byName.get(name),
    title: titles.find((name) => byName.has(name)),
  };
}

const fieldOf = (told: ToldField): FieldModel => ({
  ...told,
  required: told.required ?? false,
  setBySlices: told.setBySlices ?? false,
  readOnly: told.readOnly ?? false,
  masked: told.masked ?? false,
  sensitive: told.sensitive ?? false,
  searchable: told.searchable ?? false,
  sortable: told.sortable ?? false,
  retired: told.retired ?? false,
  operators: told.operators ?? [],
  choices: told.choices?.map((choice) => ({ ...choice, retired: choice.retired ?? false })) ?? null,
});

/** Reads the model, at the start and whenever it may be another one. */
export async function readModel(): Promise<Model> {
  const { data, error } = await client.query(ModelDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  if (!data) throw error ?? new Error('The model was not answered.');
  const known = model.get();
  if (known?.version === data.model.version && known.viewer.name === data.viewer.name) return known;
  const read = modelOf(data);
  model.set(read);
  return read;
}

/** The model; the app is shown when there is one. */
export function useModel(): Model {
  const known = useStore(model);
  if (!known) throw new Error('The model is used before it was read.');
  return known;
}

export const may = (type: RecordType, deed: Deed): boolean => type.deeds[deed] !== 'none';

/** Whether a person may set the field by an edit. */
export const isEditable = (field: FieldModel): boolean =>
  field.graph.input && !field.setBySlices && !field.readOnly && !field.retired && !field.masked;
