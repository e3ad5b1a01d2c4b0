// What AsyncAPI's own parser says of the catalogue: nothing, but that there is a newer version of AsyncAPI.
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], 'utf8'));
const complaints = diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version');
for (const { code, path, message } of complaints) console.error(`${code} at ${path.join('/')}: ${message}`);
const messages = document?.allMessages().all() ?? [];
const bare = messages.filter((message) => message.examples().all().length === 0);
for (const message of bare) console.error(`${message.id()} has no example`);
console.log(`${messages.length} events in version ${document?.info().version()}`);
process.exit(complaints.length || bare.length || messages.length < 100 ? 1 : 0);
