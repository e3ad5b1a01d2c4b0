import { type Row, withoutTypes } from '@/api/values';
import { spokenName } from '@/lib/words';
import type { ReadyMadeRolesQuery } from '../graph';

/** What a role says, as the graph has it. */
export type RoleRules = {
  readonly name: string;
  readonly records: readonly Grant[];
  readonly slices: readonly string[];
  readonly privileges: readonly string[];
};

export type Draft = RoleRules & {
  readonly title: string;
  readonly description?: string | null;
  readonly networks: readonly string[];
  readonly hours: readonly Hours[];
  readonly requiresMfa: boolean;
};

export type Role = Row & Draft;
export type ReadyMade = NonNullable<ReadyMadeRolesQuery['roleReadyMade']>['items'][number];

export type Hours = { readonly days: readonly string[]; readonly from: string; readonly to: string; readonly zone: string };

export type Right = 'hidden' | 'masked' | 'readOnly' | 'full';
export type Reach = 'none' | 'own' | 'team' | 'all';
export type Grant = { readonly record: string; readonly fields: readonly { readonly field: string; readonly right: Right }[] } & Readonly<
  Record<DeedName, Reach>
>;

export const deeds = ['read', 'create', 'update', 'delete', 'export'] as const;
export type DeedName = (typeof deeds)[number];
export const reaches: readonly Reach[] = ['none', 'own', 'team', 'all'];
export const rights: readonly Right[] = ['full', 'readOnly', 'masked', 'hidden'];
export const privileges = ['export', 'bulkEdit', 'merge', 'deleteForEver', 'audit', 'dataModel', 'people'] as const;

/** Stands for every record type, or every use case, that is not named. */
export const any = '*';

const nothing: Grant = { record: any, create: 'none', read: 'none', update: 'none', delete: 'none', export: 'none', fields: [] };

export const blank: Draft = {
  name: '',
  title: '',
  records: [{ ...nothing, read: 'all' }],
  slices: [],
  privileges: [],
  networks: [],
  hours: [],
  requiresMfa: false,
};

/** What counts for a record type: what is said of it, or of all that are not named. */
export const grantFor = (records: readonly Grant[], record: string): Grant =>
  records.find((grant) => grant.record === record) ?? { ...(records.find((grant) => grant.record === any) ?? nothing), record };

/** With another word on a record type; from then on it has words of its own. */
export function withGrant(records: readonly Grant[], record: string, change: Partial<Grant>): readonly Grant[] {
  const next = { ...grantFor(records, record), ...change };
  return records.some((grant) => grant.record === record)
    ? records.map((grant) => (grant.record === record ? next : grant))
    : [...records, next];
}

/** What a role says that others begin with or that is changed; of each record type all that can be said. */
export const draftOf = (role: Role | ReadyMade): Draft => {
  const { records, ...rest } = withoutTypes(role) as RoleRules & Partial<Draft>;
  return {
    ...toldOf({ ...blank, title: spokenName(role.name), ...rest, records: [] }),
    records: records.map((grant) => ({ ...nothing, ...given(grant), fields: grant.fields ?? [] })),
  };
};

const given = (grant: Grant) => Object.fromEntries(Object.entries(grant).filter(([, value]) => value !== null)) as Partial<Grant>;

export function toldOf({ name, title, description, records, slices, privileges: on, networks, hours, requiresMfa }: Draft) {
  return { name, title, description: description || null, records, slices, privileges: on, networks, hours, requiresMfa };
}
