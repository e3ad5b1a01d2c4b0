import { client } from './client';
import type { RecordType } from './model';

/** Who a lead may already be. */
export type Match = {
  readonly id: string;
  readonly name: string | null;
  readonly by: readonly string[];
  readonly exact: boolean;
  readonly accountId?: string | null;
};
export type Matches = { readonly contacts: readonly Match[]; readonly accounts: readonly Match[] };

export async function findMatches(type: RecordType, id: string): Promise<Matches> {
  const query = `query LeadMatches($id: ID!) { lead: ${type.graph.one}(id: $id) { __typename id matches { contacts { match: id name by exact accountId } accounts { match: id name by exact } } } }`;
  type Told = Omit<Match, 'id'> & { match: string };
  const { data, error } = await client
    .query<{ lead: { matches: { contacts: Told[]; accounts: Told[] } | null } | null }>(query, { id }, { requestPolicy: 'network-only' })
    .toPromise();
  if (!data) throw error ?? new Error();
  const named = (all: readonly Told[] = []) => all.map(({ match, ...rest }): Match => ({ ...rest, id: match }));
  return { contacts: named(data.lead?.matches?.contacts), accounts: named(data.lead?.matches?.accounts) };
}

/** What a lead has become. */
export type Became = { readonly contact: string | null; readonly account: string | null; readonly deal: string | null };

export async function readBecame(type: RecordType, id: string): Promise<Became> {
  const query = `query LeadBecame($id: ID!) { lead: ${type.graph.one}(id: $id) { __typename id status convertedContactId convertedAccountId convertedDealId conversionProblem } }`;
  const { data } = await client
    .query<{ lead: Readonly<Record<string, string | null>> | null }>(query, { id }, { requestPolicy: 'network-only' })
    .toPromise();
  return {
    contact: data?.lead?.convertedContactId ?? null,
    account: data?.lead?.convertedAccountId ?? null,
    deal: data?.lead?.convertedDealId ?? null,
  };
}

/** A field of a lead and the field it becomes. */
export type Becomes = {
  readonly target: 'contact' | 'account' | 'deal';
  readonly to: string;
  readonly from: string;
  /** It fills a record that is there where that is empty; else it is for new ones. */
  readonly fills: boolean;
};

/** What the fields of a lead become, and whether it may be converted from where it is. */
export type Conversion = {
  readonly fields: readonly Becomes[];
  readonly status: string;
  readonly allowed: readonly string[];
  readonly mayOverride: boolean;
};

export async function readConversion(type: RecordType, id: string): Promise<Conversion> {
  const query = `query LeadConversion($id: ID!) { lead: ${type.graph.one}(id: $id) { __typename id conversion { fields { target to from fills } } steps { status allowed mayOverride } } }`;
  type Told = { conversion: Pick<Conversion, 'fields'> | null; steps: Omit<Conversion, 'fields'> | null };
  const { data, error } = await client.query<{ lead: Told | null }>(query, { id }, { requestPolicy: 'network-only' }).toPromise();
  if (!data?.lead?.conversion || !data.lead.steps) throw error ?? new Error();
  return { ...data.lead.conversion, ...data.lead.steps };
}
