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
  const query = `query LeadMatches($id: ID!) { lead: ${type.graph.one}(id: $id) { __typename lead: id matches { contacts { match: id name by exact accountId } accounts { match: id name by exact } } } }`;
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

/** Which field of a lead becomes which of what it is converted to, where a company has said so itself; `from` is nothing where none is taken. */
export type Mapping = { readonly target: string; readonly to: string; readonly from: string | null };

export async function readMappings(type: RecordType): Promise<readonly Mapping[]> {
  const query = `query ConversionMappings { page: ${type.graph.list}(first: 200) { nodes { __typename id target to from } } }`;
  const { data } = await client.query<{ page: { nodes: readonly Mapping[] } }>(query, {}).toPromise();
  return data?.page.nodes ?? [];
}
