// A gateway over contacts and pipeline as one would write it with graphql-yoga: node server.mjs <port> <contacts> <pipeline>
// It keeps its connections, asks for the fields of its schema alone, and batches what a level asks with a loader for each request.
import { createServer } from 'node:http';
import DataLoader from 'dataloader';
import { createSchema, createYoga } from 'graphql-yoga';
import { Pool } from 'undici';

const [port, contactsUrl, pipelineUrl] = process.argv.slice(2);
const contacts = new Pool(contactsUrl, { connections: 64, pipelining: 1 });
const pipeline = new Pool(pipelineUrl, { connections: 64, pipelining: 1 });

const ofContact = 'firstName,lastName,displayName,jobTitle,email,tags,accountId';
const ofAccount = 'name,industry';
const ofDeal = 'name,status,probability,expectedCloseOn,amount,accountId';

async function ask(service, authorization, method, path, body) {
  const headers = { authorization };
  if (body) headers['content-type'] = 'application/json';
  const answer = await service.request({ method, path, headers, body: body && JSON.stringify(body) });
  if (answer.statusCode === 404) {
    await answer.body.dump();
    return null;
  }
  if (answer.statusCode !== 200) throw new Error(`The service answered ${answer.statusCode}: ${await answer.body.text()}`);
  return answer.body.json();
}

function loaders(authorization) {
  const read = (service, plural, parts) => ask(service, authorization, 'POST', `/api/v1/${plural}/read`, { parts });
  return {
    account: new DataLoader(async ids => {
      const answer = await read(contacts, 'accounts', [{ ids, fields: ofAccount }]);
      const byId = new Map(answer.parts[0].lists[0].items.map(account => [account.id, account]));
      return ids.map(id => byId.get(id) ?? null);
    }),
    contactsOf: new DataLoader(async keys => {
      const first = keys[0].first; // all of a level are asked by one field
      const answer = await read(contacts, 'contacts', [{ per: 'accountId', ids: keys.map(key => key.id), limit: first, fields: ofContact }]);
      const byId = new Map(answer.parts[0].lists.map(list => [list.of, list.items]));
      return keys.map(key => byId.get(key.id) ?? []);
    }, { cacheKeyFn: key => `${key.id} ${key.first}` }),
  };
}

const yoga = createYoga({
  logging: false,
  graphiql: false,
  landingPage: false,
  healthCheckEndpoint: '/health',
  context: ({ request }) => {
    const authorization = request.headers.get('authorization');
    return { authorization, loaders: loaders(authorization) };
  },
  schema: createSchema({
    typeDefs: /* GraphQL */ `
      scalar Date
      scalar Money
      type Query { contact(id: ID!): Contact deals(first: Int = 50): DealConnection }
      type Contact { id: ID! firstName: String lastName: String displayName: String jobTitle: String email: String tags: [String!] account: Account }
      type Account { id: ID! name: String industry: String contacts(first: Int = 50): ContactConnection }
      type Deal { id: ID! name: String status: DealStatus probability: Int expectedCloseOn: Date amount: Money account: Account }
      enum DealStatus { open won lost }
      type DealConnection { nodes: [Deal!]! }
      type ContactConnection { nodes: [Contact!]! }
    `,
    resolvers: {
      Query: {
        contact: (_, { id }, { authorization }) => ask(contacts, authorization, 'GET', `/api/v1/contacts/${id}?fields=${ofContact}`),
        deals: async (_, { first }, { authorization }) =>
          ({ nodes: (await ask(pipeline, authorization, 'GET', `/api/v1/deals?limit=${first}&fields=${ofDeal}`)).items }),
      },
      Deal: { account: ({ accountId }, _, { loaders }) => accountId && loaders.account.load(accountId) },
      Contact: { account: ({ accountId }, _, { loaders }) => accountId && loaders.account.load(accountId) },
      Account: { contacts: async ({ id }, { first }, { loaders }) => ({ nodes: await loaders.contactsOf.load({ id, first }) }) },
    },
  }),
});

const server = createServer(yoga).listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  process.exit(0);
});
