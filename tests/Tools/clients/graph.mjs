// What all of these programs need: the graph under test, and how it describes itself. Arguments: <address> <token>
import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';

export const [address, token] = process.argv.slice(2);
export const headers = { authorization: `Bearer ${token}` };

export async function ask(query, variables) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

export const introspection = await ask(getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, inputValueDeprecation: true }));
export const sdl = printSchema(buildClientSchema(introspection));

export function same(what, expected, actual) {
  if (JSON.stringify(expected) !== JSON.stringify(actual))
    throw new Error(`${what}: expected ${JSON.stringify(expected)}, was ${JSON.stringify(actual)}`);
}

// Five people of one company, by name.
export const page = `query Page($first: Int!, $after: String) {
  contacts(first: $first, after: $after, sort: "lastName") {
    totalCount
    edges { cursor node { id version lastName displayName account { id name } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

export const rename = `mutation Rename($id: ID!, $name: String!) {
  updateContact(id: $id, input: { lastName: $name }) { contact { id version lastName displayName } operation errors { code field message } }
}`;

export const names = connection => connection.edges.map(edge => edge.node.lastName);
