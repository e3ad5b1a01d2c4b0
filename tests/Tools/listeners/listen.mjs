// Listens to a subscription as clients do: node listen.mjs '{"how": "socket" | "stream", "url", "token", "query", "variables", "retry"}'
// Prints what is heard, a JSON object a line; a line on standard input ends the subscription, its end the program.
import { createClient as overStream } from 'graphql-sse';
import { createClient as overSocket } from 'graphql-ws';
import WebSocket from 'ws';

const { how, url, token, query, variables, retry = 0 } = JSON.parse(process.argv[2]);
const say = heard => console.log(JSON.stringify(heard));
const why = error => Array.isArray(error) ? error : { code: error.code, message: error.message, reason: error.reason };
const sink = {
  next: next => say({ next }),
  error: error => say({ error: why(error) }),
  complete: () => say({ complete: true }),
};
const client = how === 'socket'
  ? overSocket({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { Authorization: `Bearer ${token}` },
      retryAttempts: retry,
      retryWait: () => new Promise(resolve => setTimeout(resolve, 100)),
      on: {
        connected: () => say({ connected: true }),
        closed: event => say({ closed: { code: event.code, reason: event.reason } }),
      },
    })
  : overStream({
      url,
      headers: { Authorization: `Bearer ${token}` },
      retryAttempts: retry,
      retry: () => new Promise(resolve => setTimeout(resolve, 100)),
    });
const end = client.subscribe({ query, variables }, sink);
process.stdin.on('data', end).on('end', () => process.exit());
