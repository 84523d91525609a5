// Writes what the libraries sign, for tests on machines without node:
//   node vectors.mjs > ../signatures/src/test/resources/interop.json
import { headers, names } from './signers.mjs';

const keyId = 'kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa';
const keys = {
  // RFC 9421, appendix B.1.4
  ed25519: '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n',
  // docs/derivation.md
  'hmac-sha256': 'kl_sec_Xh8VCImisOa7raadEBAMMenbPDwf3BrId7SDFjsywXu1SQIhq',
};
const json = { 'content-type': 'application/json' };
const cases = [
  { request: { method: 'GET', url: 'https://api.example.com/v1/orders?symbol=BTC&limit=10', headers: {} } },
  { request: { method: 'POST', url: 'https://api.example.com/v1/orders', headers: json, body: '{"symbol":"BTC","note":"é"}' } },
  {
    request: { method: 'PUT', url: 'https://API.example.com:443/v1/orders/7?a=b%20c&d=', headers: json, body: '{}' },
    components: ['@method', '@authority', '@path', '@query', 'content-digest', 'content-type'],
    target: 'https://api.example.com/v1/orders/7?a=b%20c&d=',
  },
  {
    request: { method: 'DELETE', url: 'http://localhost:8082/v1/orders/7?a[]=1&b=%C3%A9', headers: { 'x-list': ['a', 'b'] } },
    components: ['@method', '@scheme', '@authority', '@request-target', '@path', '@query', '@target-uri', 'x-list'],
  },
];

const vectors = [];
for (const library of names) {
  for (const [algorithm, key] of Object.entries(keys)) {
    for (const { request, components, target } of cases) {
      const by = { keyId, algorithm, key, created: 1700000000, nonce: `n-${vectors.length}` };
      vectors.push({
        library,
        algorithm,
        method: request.method,
        target: target ?? request.url,
        headers: await headers(library, request, by, components),
        ...(request.body && { body: request.body }),
      });
    }
  }
}
console.log(JSON.stringify(vectors, null, 2));
