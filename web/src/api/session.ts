import { onTheLine } from '@/lib/quiet';
import { challengeOf, randomText } from './pkce';

/** A token and when it ends; kept in memory alone, so that nothing is left in the browser for others to find. */
type Token = { readonly text: string; readonly endsAt: number };

const client = 'crm-web';
const scope = 'openid profile email crm.read crm.write';
const started = 'crm.logging-in';
// It is renewed well before it ends, so that no request meets its last second.
const earlyMs = 60_000;

/** The browser is on its way to the page where people log in: nothing that waits for a token goes on. */
export class LoginRequired extends Error {}

let token: Token | undefined;
let renewing: Promise<Token> | undefined;

/** The token for the next request, a new one where it is about to end. */
export async function currentToken(): Promise<string> {
  if (token && token.endsAt - Date.now() > earlyMs) return token.text;
  renewing ??= silently().finally(() => {
    renewing = undefined;
  });
  token = await renewing;
  return token.text;
}

/** A service has refused it: the next request gets another one. */
export function forget(refused: string) {
  if (token?.text === refused) token = undefined;
}

type Attempt = { verifier: string; state: string; back: string };

const redirect = () => `${location.origin}/logged-in`;

async function address(attempt: Attempt, silent: boolean): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: redirect(),
    scope,
    state: attempt.state,
    code_challenge: await challengeOf(attempt.verifier),
    code_challenge_method: 'S256',
    ...(silent && { prompt: 'none' }),
  });
  return `/oauth/authorize?${query}`;
}

const attempt = (back: string): Attempt => ({ verifier: randomText(), state: randomText(16), back });

// Whoever is signed in gets a code without seeing a page: the answer's last address has it.
async function silently(): Promise<Token> {
  const tried = attempt('/');
  const answer = await onTheLine(fetch(await address(tried, true), { credentials: 'same-origin', headers: { Accept: 'text/html' } }));
  const told = new URL(answer.url).searchParams;
  const code = told.get('code');
  if (code && told.get('state') === tried.state) return exchange(code, tried.verifier);
  const error = told.get('error');
  if (error === 'login_required' || error === 'consent_required' || error === 'interaction_required') return visibly();
  throw new Error(error ?? `The log-in answered ${answer.status}.`);
}

/** Leaves the app for the log-in; the person comes back to where they were. */
export async function visibly(): Promise<never> {
  const tried = attempt(location.pathname + location.search + location.hash);
  sessionStorage.setItem(started, JSON.stringify(tried));
  location.assign(await address(tried, false));
  throw new LoginRequired();
}

/** Back from the log-in: answers with where the person was. */
export async function cameBack(query: string): Promise<string> {
  const told = new URLSearchParams(query);
  const kept = JSON.parse(sessionStorage.getItem(started) ?? 'null') as Attempt | null;
  sessionStorage.removeItem(started);
  const code = told.get('code');
  if (!kept || !code || told.get('state') !== kept.state) return '/';
  token = await exchange(code, kept.verifier);
  return kept.back;
}

async function exchange(code: string, verifier: string): Promise<Token> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: client,
    code,
    redirect_uri: redirect(),
    code_verifier: verifier,
  });
  const answer = await onTheLine(fetch('/oauth/token', { method: 'POST', body }));
  if (!answer.ok) throw new Error(`The log-in was refused (${answer.status}).`);
  const told = (await answer.json()) as { access_token: string; expires_in: number };
  return { text: told.access_token, endsAt: Date.now() + told.expires_in * 1000 };
}

/** Ends the sign-in everywhere in this browser. */
export function logOut() {
  token = undefined;
  const query = new URLSearchParams({ client_id: client, post_logout_redirect_uri: `${location.origin}/` });
  location.assign(`/oauth/log-out?${query}`);
}
