// The audit of GraphQL over HTTP, against a graph that runs: node audit.mjs <address> <token>
// Prints what is not as it must or should be, and how many audits passed; fails unless all did.
import { auditServer } from 'graphql-http';

const [url, token] = process.argv.slice(2);
const fetchFn = (address, init = {}) => fetch(address, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
const results = await auditServer({ url, fetchFn });
const missed = results.filter(result => result.status !== 'ok');
for (const { id, name, status, reason } of missed) console.log(`${status} ${id} ${name}: ${reason}`);
console.log(`${results.length - missed.length} of ${results.length} ok`);
process.exit(missed.length > 0 ? 1 : 0);
