// Apollo Client with its normalised cache: pages that are put together, and a change that is seen wherever the record is shown.
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { address, headers, introspection, names, page, rename, same } from './graph.mjs';

const possibleTypes = Object.fromEntries(introspection.__schema.types.filter(type => type.possibleTypes)
  .map(type => [type.name, type.possibleTypes.map(one => one.name)]));
const client = new ApolloClient({
  link: new HttpLink({ uri: address, headers }),
  cache: new InMemoryCache({ possibleTypes, typePolicies: { Query: { fields: { contacts: relayStylePagination(['sort', 'filter']) } } } }),
});

const query = gql(page);
const first = (await client.query({ query, variables: { first: 2 } })).data.contacts;
same('the first page', ['A', 'B'], names(first));
let next = first;
while (next.pageInfo.hasNextPage) {
  next = (await client.query({ query, variables: { first: 2, after: next.pageInfo.endCursor }, fetchPolicy: 'network-only' })).data.contacts;
}
const cached = client.readQuery({ query, variables: { first: 2 } }).contacts;
same('all pages, from the cache', ['A', 'B', 'C', 'D', 'E'], names(cached));

const { id } = cached.edges[2].node;
const { data } = await client.mutate({ mutation: gql(rename), variables: { id, name: 'Changed' } });
same('what is wrong with the change', [], data.updateContact.errors);
same('the list after the change, from the cache', ['A', 'B', 'Changed', 'D', 'E'], names(client.readQuery({ query, variables: { first: 2 } }).contacts));

const node = gql`query One($id: ID!) { node(id: $id) { __typename id ...Named } } fragment Named on Record { version ... on Contact { lastName } }`;
same('the record as a node', 'Changed', (await client.query({ query: node, variables: { id } })).data.node.lastName);
const refused = await client.mutate({ mutation: gql(rename), variables: { id, name: '' } });
same('the field a refusal is about', 'lastName', refused.data.updateContact.errors[0].field);
console.log('apollo ok');
process.exit(0);
