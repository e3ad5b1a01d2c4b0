import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { createClient as createSocket, type Client as Socket } from 'graphql-ws';
import { onTheLine } from '@/lib/quiet';
import { Store } from '@/lib/store';
import { guesses } from './guesses';
import { currentToken, forget } from './session';

/** What the line to the server is like: shown as a banner when it is not there. */
export const line = new Store<'up' | 'down'>('up');

/** A request with the token of who is there; with another one where it was refused. */
export async function authorizedFetch(input: RequestInfo | URL, init: RequestInit = {}, again = true): Promise<Response> {
  const token = await currentToken();
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${token}`);
  // What is listened to comes by the socket; all else is one answer, not a stream of them, and comes compressed.
  headers.set('Accept', 'application/json');
  let answer: Response;
  try {
    // What nobody waits for any more is not broken off: its answer fills the cache.
    answer = await onTheLine(fetch(input, { ...init, headers, signal: null }));
  } catch (error) {
    line.set('down');
    throw error;
  }
  line.set('up');
  if (answer.status !== 401 || !again) return answer;
  forget(token);
  return authorizedFetch(input, init, false);
}

// Server-sent events would take one of the six connections a browser has for all tabs of a host; a socket takes none of them.
let made: Socket | undefined;

const socket = () => {
  made ??= createSocket({
    url: () => `${location.origin.replace(/^http/, 'ws')}/graphql`,
    lazyCloseTimeout: 5000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (tries) => new Promise((done) => setTimeout(done, Math.min(30_000, 500 * 2 ** tries) * (0.5 + Math.random() / 2))),
    connectionParams: async () => ({ Authorization: `Bearer ${await currentToken()}` }),
    shouldRetry: () => true,
    on: { connected: () => line.set('up') },
  });
  return made;
};

/** The one line to the graph, with what it has answered kept by record. */
export const client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  fetch: authorizedFetch,
  exchanges: [
    cacheExchange({ optimistic: guesses, logger: () => undefined }),
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: (request) => ({
        subscribe: (sink) => ({ unsubscribe: socket().subscribe({ query: request.query ?? '', variables: request.variables }, sink) }),
      }),
    }),
  ],
});
