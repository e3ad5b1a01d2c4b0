// oauth4webapi against the running platform, with nothing relaxed but plain http on this machine.
import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { Person } from './person.mjs';

const { ISSUER, CLIENT, SECRET, PUBLIC, BACK, EMAIL, PASSWORD } = process.env;
const http = { [oauth.allowInsecureRequests]: true };
const issuer = new URL(ISSUER);

const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...http, algorithm: 'oidc' }));
const same = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...http, algorithm: 'oauth2' }));
assert.deepEqual(same, as);
assert.equal(as.authorization_response_iss_parameter_supported, true);

for (const [client, auth] of [
  [{ client_id: CLIENT }, oauth.ClientSecretBasic(SECRET)],
  [{ client_id: CLIENT }, oauth.ClientSecretPost(SECRET)],
  [{ client_id: PUBLIC }, oauth.None()],
]) {
  const person = new Person(EMAIL, PASSWORD);
  const begin = async (scope) => {
    const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = new URL(as.authorization_endpoint);
    url.search = new URLSearchParams({
      client_id: client.client_id, redirect_uri: BACK, response_type: 'code', scope, state, nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    });
    return { verifier, state, nonce, back: await person.visit(url) };
  };

  const { verifier, state, nonce, back } = await begin('openid profile email crm.read offline_access');
  const parameters = oauth.validateAuthResponse(as, client, back, state);
  assert.throws(() => oauth.validateAuthResponse(as, client, back, 'another state'));
  const foreign = new URL(back);
  foreign.searchParams.set('iss', 'https://evil.example');
  assert.throws(() => oauth.validateAuthResponse(as, client, foreign, state), /iss/);
  const unnamed = new URL(back);
  unnamed.searchParams.delete('iss');
  assert.throws(() => oauth.validateAuthResponse(as, client, unnamed, state), /iss/);

  const redeem = (code = parameters, pkce = verifier) => oauth.authorizationCodeGrantRequest(as, client, auth, code, BACK, pkce, http);
  const answer = await redeem();
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, { expectedNonce: nonce, requireIdToken: true, maxAge: 600 });
  await oauth.validateApplicationLevelSignature(as, answer, http);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  assert.equal(claims.email, EMAIL);

  const me = await oauth.processUserInfoResponse(as, client, claims.sub, await oauth.userInfoRequest(as, client, tokens.access_token, http));
  assert.equal(me.email, EMAIL);
  const api = await oauth.protectedResourceRequest(tokens.access_token, 'GET', new URL('/api/v1/contacts', issuer), undefined, undefined, http);
  assert.equal(api.status, 200);

  // The access token is one of RFC 9068, for the platform and nobody else.
  const called = new Request(new URL('/api/v1/contacts', issuer), { headers: { authorization: `Bearer ${tokens.access_token}` } });
  const said = await oauth.validateJwtAccessToken(as, called, ISSUER, http);
  assert.equal(said.sub, claims.sub);
  await assert.rejects(oauth.validateJwtAccessToken(as, called, 'https://another.example', http));

  const refresh = async (token) =>
    oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, auth, token, http));
  const refused = (promise, error) => assert.rejects(promise, (e) => e.error === error || assert.fail(`${e.error} ${e}`));
  const second = await refresh(tokens.refresh_token);
  const third = await refresh(second.refresh_token);
  assert.equal(new Set([tokens, second, third].map((t) => t.refresh_token)).size, 3);
  await refused(refresh(tokens.refresh_token), 'invalid_grant');
  await refused(refresh(third.refresh_token), 'invalid_grant'); // the whole family has ended

  const again = await begin('openid crm.read');
  const code = oauth.validateAuthResponse(as, client, again.back, again.state);
  const wrong = await redeem(code, oauth.generateRandomCodeVerifier());
  await refused(oauth.processAuthorizationCodeResponse(as, client, wrong, { expectedNonce: again.nonce }), 'invalid_grant');
  const once = await oauth.processAuthorizationCodeResponse(as, client, await redeem(code, again.verifier), { expectedNonce: again.nonce });
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth, once.refresh_token, http));
  await refused(refresh(once.refresh_token), 'invalid_grant');
  const replayed = await redeem(code, again.verifier);
  await refused(oauth.processAuthorizationCodeResponse(as, client, replayed, { expectedNonce: again.nonce }), 'invalid_grant');
}

const [client, auth] = [{ client_id: CLIENT }, oauth.ClientSecretBasic(SECRET)];
const own = await oauth.processClientCredentialsResponse(
  as, client, await oauth.clientCredentialsGrantRequest(as, client, auth, { scope: 'crm.read' }, http),
);
assert.equal(own.scope, 'crm.read');
const active = await oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, auth, own.access_token, http));
assert.equal(active.active, true);
console.log('oauth4webapi: all is well');
