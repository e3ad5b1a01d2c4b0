import { Store, useStore } from '@/lib/store';
import { client } from './client';
import { ModelDocument, type ModelQuery } from './graph';

type Told = ModelQuery['model'];
export type FieldModel = Told['records'][number]['fields'][number];
export type Deed = 'create' | 'read' | 'update' | 'delete' | 'export';
export type Viewer = ModelQuery['viewer'];

/** A record type as it is for this person, with what screens look up in it. */
export type RecordType = Omit<Told['records'][number], 'deeds'> & {
  readonly deeds: Partial<Record<Deed, 'none' | 'own' | 'team' | 'all'>>;
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
  readonly slices: ReadonlyMap<string, Told['slices'][number]>;
  readonly overrides: Told['overrides'];
  readonly byName: (graphType: string) => RecordType | undefined;
  readonly byPlural: (plural: string) => RecordType | undefined;
  /** What a reference leads to: `account`, or `identity.user` of another service. */
  readonly referred: (from: RecordType, field: FieldModel) => RecordType | undefined;
};

const titles = ['displayName', 'name', 'title', 'subject', 'number', 'label', 'email', 'address', 'code'];

const model = new Store<Model | undefined>(undefined);

export function modelOf({ model: told, viewer }: ModelQuery): Model {
  const types = told.records.map(typeOf);
  const byType = new Map(types.map((type) => [type.graph.type, type]));
  const byPlural = new Map(types.map((type) => [type.plural, type]));
  return {
    version: told.version,
    viewer,
    privileges: new Set(told.privileges),
    types,
    slices: new Map(told.slices.map((slice) => [slice.name, slice])),
    overrides: told.overrides,
    byName: (name) => byType.get(name),
    byPlural: (plural) => byPlural.get(plural),
    referred: (from, { graph, refers }) => {
      if (graph.type) return byType.get(graph.type);
      const [service, record] = refers?.includes('.') ? refers.split('.') : [from.service, refers];
      return types.find((type) => type.service === service && type.record === record);
    },
  };
}

function typeOf(told: Told['records'][number]): RecordType {
  const fields = new Map(told.fields.map((field) => [field.name, field]));
  return {
    ...told,
    deeds: told.deeds as RecordType['deeds'],
    field: (name) => fields.get(name),
    title: titles.find((name) => fields.has(name)),
  };
}

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

export const may = (type: RecordType, deed: Deed): boolean => (type.deeds[deed] ?? 'all') !== 'none';

/** Whether a person may set the field by an edit. */
export const isEditable = (field: FieldModel): boolean =>
  field.graph.input && !field.setBySlices && !field.readOnly && !field.retired && !field.masked;
