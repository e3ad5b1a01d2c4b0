import { client } from './client';
import type { Model, RecordType } from './model';

/** What is looked for, and by which fields of a form. */
const asked: Readonly<Record<string, { slice: string; question: string; by: readonly string[] }>> = {
  contacts: { slice: 'findDuplicateContacts', question: 'contactDuplicates', by: ['email', 'phone'] },
  accounts: { slice: 'findDuplicateAccounts', question: 'accountDuplicates', by: ['domain', 'name'] },
};

/** The values a duplicate would be known by, where the type has something that looks for them. */
export function telling(model: Model, type: RecordType, values: Readonly<Record<string, unknown>>): Record<string, string> | undefined {
  const how = asked[type.plural];
  if (!how || !model.slices.has(how.slice)) return undefined;
  const told = how.by.flatMap((name) =>
    typeof values[name] === 'string' && values[name].length > 2 ? [[name, values[name]] as const] : [],
  );
  return told.length ? Object.fromEntries(told) : undefined;
}

/** A record that is probably the same as one that is being entered. */
export type Duplicate = { readonly id: string; readonly name: string | null };

export async function findDuplicates(type: RecordType, told: Readonly<Record<string, string>>): Promise<readonly Duplicate[]> {
  const how = asked[type.plural];
  if (!how) return [];
  const names = Object.keys(told);
  const query = `query Duplicates(${names.map((name) => `$${name}: String`).join(', ')}) { found: ${how.question}(${names.map((name) => `${name}: $${name}`).join(', ')}) { id name } }`;
  const { data } = await client.query<{ found: Duplicate[] | null }>(query, told, { requestPolicy: 'network-only' }).toPromise();
  return data?.found ?? [];
}
