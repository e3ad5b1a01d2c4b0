// openid-client against the running platform, with nothing relaxed but plain http on this machine.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { Person } from './person.mjs';

const { ISSUER, CLIENT, SECRET, BACK, EMAIL, PASSWORD, BYE } = process.env;
const config = await oidc.discovery(new URL(ISSUER), CLIENT, SECRET, oidc.ClientSecretBasic(SECRET), { execute: [oidc.allowInsecureRequests] });
oidc.enableNonRepudiationChecks(config); // signatures of id tokens are checked against the published keys
assert.equal(config.serverMetadata().supportsPKCE(), true);
const person = new Person(EMAIL, PASSWORD);

const begin = async (more = {}) => {
  const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: BACK, scope: 'openid profile email crm.read', state, nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more,
  });
  return { back: await person.visit(url), checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true } };
};

const { back, checks } = await begin();
await assert.rejects(oidc.authorizationCodeGrant(config, back, { ...checks, expectedState: 'another' }));
const foreign = new URL(back);
foreign.searchParams.set('iss', 'https://evil.example');
await assert.rejects(oidc.authorizationCodeGrant(config, foreign, checks));
const tokens = await oidc.authorizationCodeGrant(config, back, checks);
assert.equal(tokens.claims().email, EMAIL);
assert.equal((await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)).email, EMAIL);
assert.equal((await oidc.fetchProtectedResource(config, tokens.access_token, new URL('/api/v1/contacts', ISSUER), 'GET')).status, 200);

const next = await oidc.refreshTokenGrant(config, tokens.refresh_token);
await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' });
await assert.rejects(oidc.refreshTokenGrant(config, next.refresh_token), { error: 'invalid_grant' });

const silent = await begin({ prompt: 'none' });
const third = await oidc.authorizationCodeGrant(config, silent.back, { ...silent.checks, maxAge: 600 });
assert.equal((await oidc.tokenIntrospection(config, third.access_token)).active, true);
await oidc.tokenRevocation(config, third.refresh_token);
await assert.rejects(oidc.refreshTokenGrant(config, third.refresh_token), { error: 'invalid_grant' });
assert.equal((await oidc.tokenIntrospection(config, third.access_token)).active, false);
assert.ok((await oidc.clientCredentialsGrant(config, { scope: 'crm.read' })).access_token);

const out = oidc.buildEndSessionUrl(config, { id_token_hint: third.id_token, post_logout_redirect_uri: BYE, state: 'bye' });
const bye = await person.visit(out);
assert.equal(bye.href, `${BYE}?state=bye`);
const loggedOut = await begin({ prompt: 'none' });
await assert.rejects(oidc.authorizationCodeGrant(config, loggedOut.back, loggedOut.checks), { error: 'login_required' });
console.log('openid-client: all is well');
