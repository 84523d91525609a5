// Checks of the log by implementations that are not ours. Reads [{checkpoint, vkey}, …] as JSON, each with
// {index, entry, inclusion} or {smaller, consistency} where a proof is to be checked, and prints [true, false, …].
// Entries and hashes are in base64, checkpoints are whole notes.
import { createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// The parts of a verifier of Rekor that know nothing of Rekor.
const { verifyCheckpoint } = require('@sigstore/verify/dist/tlog/checkpoint');
const { verifyMerkleInclusion } = require('@sigstore/verify/dist/tlog/merkle');
const { default: rfc9162 } = require('@transmute/rfc9162');

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const bytes = (base64) => Buffer.from(base64, 'base64');

function authority(vkey) {
  const [name, id, ...key] = vkey.split('+');
  const raw = bytes(key.join('+')).subarray(1);
  return {
    baseURL: name,
    logID: Buffer.from(id, 'hex'),
    publicKey: createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: 'der', type: 'spki' }),
  };
}

const open = (note, vkey) =>
  verifyCheckpoint({ inclusionProof: { checkpoint: { envelope: note } } }, [authority(vkey)]);

async function isConsistent(smaller, larger, hashes) {
  const path = hashes.map(bytes);
  // Step 2 of RFC 9162, section 2.1.4.2, which this library leaves to others.
  if (Number.isInteger(Math.log2(Number(smaller.logSize)))) {
    path.unshift(smaller.logHash);
  }
  return rfc9162.verifyConsistencyProof(smaller.logHash, larger.logHash, {
    tree_size_1: Number(smaller.logSize),
    tree_size_2: Number(larger.logSize),
    consistency_path: path,
  });
}

async function isRight(check) {
  try {
    const checkpoint = open(check.checkpoint, check.vkey);
    if (check.inclusion) {
      verifyMerkleInclusion(
        {
          canonicalizedBody: bytes(check.entry),
          inclusionProof: { logIndex: String(check.index), hashes: check.inclusion.map(bytes) },
        },
        checkpoint,
      );
    }
    return !check.consistency || (await isConsistent(open(check.smaller, check.vkey), checkpoint, check.consistency));
  } catch {
    return false;
  }
}

const chunks = [];
for await (const chunk of process.stdin) {
  chunks.push(chunk);
}
const checks = JSON.parse(Buffer.concat(chunks).toString('utf8'));
console.log(JSON.stringify(await Promise.all(checks.map(isRight))));
