// Somebody else's client: Node's own crypto, none of our code.
//   node stranger.mjs verify <jwks> <token>   prints the claims, or fails
//   node stranger.mjs issue <jwks> <claims>   makes a key, writes it to <jwks>, prints a token
import { createHash, createPublicKey, verify, webcrypto } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [verb, jwks, text] = process.argv.slice(2);
const es256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const base64url = value => Buffer.from(value).toString('base64url');
const thumbprint = ({ crv, kty, x, y }) => createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');

if (verb === 'verify') {
  const [header, payload, signature] = text.split('.');
  const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url'));
  const jwk = JSON.parse(readFileSync(jwks)).keys.find(key => key.kid === kid);
  if (alg !== 'ES256' || thumbprint(jwk) !== kid) throw new Error('not the key it says');

  const signed = Buffer.from(`${header}.${payload}`);
  const mark = Buffer.from(signature, 'base64url');
  const key = await webcrypto.subtle.importKey('jwk', jwk, es256, false, ['verify']);
  const webSays = await webcrypto.subtle.verify(es256, key, mark, signed);
  const nodeSays = verify('sha256', signed, { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, mark);
  if (!webSays || !nodeSays) throw new Error('the signature does not fit');
  process.stdout.write(Buffer.from(payload, 'base64url'));
} else {
  const pair = await webcrypto.subtle.generateKey(es256, true, ['sign', 'verify']);
  const jwk = await webcrypto.subtle.exportKey('jwk', pair.publicKey);
  const kid = thumbprint(jwk);
  writeFileSync(jwks, JSON.stringify({ keys: [{ ...jwk, kid }] }));
  const signed = `${base64url(JSON.stringify({ alg: 'ES256', kid, typ: 'at+jwt' }))}.${base64url(text)}`;
  const mark = await webcrypto.subtle.sign(es256, pair.privateKey, Buffer.from(signed));
  process.stdout.write(`${signed}.${base64url(mark)}`);
}
