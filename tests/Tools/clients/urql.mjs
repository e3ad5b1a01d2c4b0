// urql with its normalised cache, which knows the schema: pages that are put together, and a change that is seen in them.
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { address, headers, introspection, names, page, rename, same } from './graph.mjs';

// urql lets go of a request that it needs no longer, and hears of that itself.
process.on('unhandledRejection', why => {
  if (why?.name !== 'AbortError') throw why;
});

const keyless = introspection.__schema.types.filter(type => type.kind === 'OBJECT' && !type.fields.some(field => field.name === 'id'));
const client = new Client({
  url: address,
  preferGetMethod: false,
  fetchOptions: { headers },
  exchanges: [
    cacheExchange({
      schema: introspection,
      keys: Object.fromEntries(keyless.map(type => [type.name, () => null])),
      resolvers: { Query: { contacts: relayPagination() } },
    }),
    fetchExchange,
  ],
});

async function told(result) {
  const { data, error } = await result.toPromise();
  if (error) throw error;
  return data;
}

const first = (await told(client.query(page, { first: 2 }))).contacts;
same('the first page', ['A', 'B'], names(first));
let all = first;
while (all.pageInfo.hasNextPage) all = (await told(client.query(page, { first: 2, after: all.pageInfo.endCursor }))).contacts;
same('all pages', ['A', 'B', 'C', 'D', 'E'], names(all));

const { id } = all.edges[2].node;
same('what is wrong with the change', [], (await told(client.mutation(rename, { id, name: 'Changed' }))).updateContact.errors);
const after = (await client.query(page, { first: 2 }, { requestPolicy: 'cache-only' }).toPromise()).data.contacts;
same('the list after the change, from the cache', ['A', 'B', 'Changed', 'D', 'E'], names(after));
console.log('urql ok');
process.exit(0);
