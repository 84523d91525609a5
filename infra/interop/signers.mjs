// Two implementations of RFC 9421 that are not ours, behind one function each.
import { createHash, createHmac, createPrivateKey, createPublicKey, sign, timingSafeEqual, verify } from 'node:crypto';
import { createSignature, verifySignature } from 'http-message-sig';
import hms from 'http-message-signatures';

const { httpbis } = hms;

// The key of hmac-sha256 is the text of the secret itself.
const primitives = {
  'hmac-sha256': (key) => (data) => createHmac('sha256', key).update(data).digest(),
  ed25519: (key) => (data) => sign(null, Buffer.from(data), createPrivateKey(key)),
};

const libraries = {
  'http-message-sig': async (request, by, components) => {
    const { pathname, search } = new URL(request.url);
    const fields = Object.entries(request.headers).flatMap(([name, values]) =>
      [values].flat().map((value) => ({ name, value })),
    );
    const signed = await createSignature(
      {
        kind: 'request',
        method: request.method,
        targetUri: request.url,
        requestTarget: pathname + search,
        fields,
      },
      {
        label: 'sig1',
        components,
        parameters: { created: by.created, nonce: by.nonce, keyid: by.keyId, alg: by.algorithm },
        signer: { algorithm: by.algorithm, sign: primitives[by.algorithm](by.key) },
      },
    );
    return { ...request.headers, 'signature-input': signed.signatureInput, signature: signed.signature };
  },
  'http-message-signatures': async (request, by, components) => {
    const signed = await httpbis.signMessage(
      {
        key: { id: by.keyId, alg: by.algorithm, sign: async (data) => primitives[by.algorithm](by.key)(data) },
        fields: components,
        params: ['created', 'nonce', 'keyid', 'alg'],
        paramValues: { created: new Date(by.created * 1000), nonce: by.nonce },
      },
      request,
    );
    return signed.headers;
  },
};

const checks = {
  'hmac-sha256': (key) => (data, signature) => timingSafeEqual(primitives['hmac-sha256'](key)(data), signature),
  ed25519: (key) => (data, signature) => verify(null, Buffer.from(data), createPublicKey(key), signature),
};

const verifiers = {
  'http-message-sig': async (request, by) => {
    const fields = Object.entries(request.headers).map(([name, value]) => ({ name, value }));
    await verifySignature(
      { kind: 'request', method: request.method, targetUri: request.url, fields },
      {
        policy: {
          algorithms: [by.algorithm],
          requiredComponents: ['@method', '@target-uri'],
          requiredParameters: ['created', 'nonce', 'keyid'],
        },
        resolveVerifier: ({ parameters }) => {
          if (parameters.keyid !== by.keyId) throw new Error('another key');
          return { algorithm: by.algorithm, verify: checks[by.algorithm](by.key) };
        },
      },
    );
    return true;
  },
  'http-message-signatures': async (request, by) =>
    (await httpbis.verifyMessage(
      {
        keyLookup: async ({ keyid }) =>
          keyid === by.keyId && {
            id: keyid,
            algs: [by.algorithm],
            verify: async (data, signature) => checks[by.algorithm](by.key)(data, signature),
          },
        requiredFields: ['@method', '@target-uri'],
        requiredParams: ['created', 'nonce', 'keyid'],
      },
      request,
    )) === true,
};

export const names = Object.keys(libraries);

/**
 * The headers of a request that is signed as Keyledger asks, or with other components.
 *
 * @param request {method, url, headers, body?}
 * @param by {keyId, algorithm: "ed25519"|"hmac-sha256", key: PEM or secret, created: seconds, nonce}
 */
export async function headers(library, request, by, components) {
  const all = { ...request.headers };
  if (request.body) {
    all['content-digest'] = `sha-256=:${createHash('sha256').update(request.body).digest('base64')}:`;
  }
  const covered = components ?? ['@method', '@target-uri', ...(request.body ? ['content-digest'] : [])];
  return libraries[library]({ method: request.method, url: request.url, headers: all }, by, covered);
}

/**
 * Whether a library takes a signed request for right.
 *
 * @param request {method, url, headers}
 * @param by {keyId, algorithm, key: public key in PEM, or secret}
 */
export async function isRight(library, request, by) {
  try {
    return await verifiers[library](request, by);
  } catch {
    return false;
  }
}
