/**
 * A transparency log: the Merkle tree of RFC 6962 with its proofs, kept in tiles and published in
 * signed checkpoints as C2SP specifies them (tlog-tiles, tlog-checkpoint, signed-note,
 * tlog-cosignature, tlog-witness, tlog-proof), and the encoding of a published record as a leaf.
 * Nothing here stores or sends anything.
 */
@NullMarked
package dev.keyledger.tlog;

import org.jspecify.annotations.NullMarked;
