// relay-compiler over the schema: connections that are gone on with, fragments, node, changes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ask, same, sdl } from './graph.mjs';

const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js');
const folder = mkdtempSync('relay-');
mkdirSync(join(folder, 'src'));
writeFileSync(join(folder, 'schema.graphql'), sdl);
writeFileSync(join(folder, 'relay.config.json'), JSON.stringify({
  src: './src', schema: './schema.graphql', language: 'javascript', artifactDirectory: './made', eagerEsModules: true,
}));
mkdirSync(join(folder, 'made'));
writeFileSync(join(folder, 'src', 'App.js'), `
import { graphql } from 'relay-runtime';

graphql\`query AppQuery($id: ID!) { node(id: $id) { __typename id ...App_account @alias ...App_record @alias } account(id: $id) { ...App_account } }\`;

graphql\`fragment App_record on Record { id version createdAt updatedAt }\`;

graphql\`fragment App_account on Account
  @argumentDefinitions(first: { type: "Int", defaultValue: 2 }, after: { type: "String" })
  @refetchable(queryName: "AppPeopleQuery") {
  id
  name
  contacts(first: $first, after: $after, sort: "lastName") @connection(key: "App_contacts") {
    totalCount
    edges { node { id displayName ...App_contact } }
  }
}\`;

graphql\`fragment App_contact on Contact { email tags account { name } history(first: 1) { type at } }\`;

graphql\`mutation AppCreateMutation($input: ContactInput!, $connections: [ID!]!) {
  createContact(input: $input) { contact @appendNode(connections: $connections, edgeTypeName: "ContactEdge") { id displayName } errors { code field message } }
}\`;
`);
const told = spawnSync(process.execPath, [compiler, 'relay.config.json'], { cwd: folder, encoding: 'utf8' });
const made = readdirSync(join(folder, 'made'));
if (told.status !== 0 || made.length < 6) throw new Error(`relay-compiler: ${told.stdout}${told.stderr}${made}`);

// What it makes of the question is what Relay would send, to records in its store by their global ids.
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
const { default: request } = await import(join(process.cwd(), folder, 'made', 'AppQuery.graphql.js'));
const { accounts } = await ask('{ accounts(first: 1) { nodes { id } } }');
const { node } = await ask(request.params.text, { id: accounts.nodes[0].id });
same('the people of the node, as a connection', ['Ada A', 'Ada B'], node.contacts.edges.map(edge => edge.node.displayName));
rmSync(folder, { recursive: true });
console.log('relay ok');
