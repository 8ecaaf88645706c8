/** Numbers in a vector. Few enough to be quick, many enough that two words rarely meet in one. */
const DIMENSIONS = 128;

/**
 * A text as a vector of its words by feature hashing (Weinberger et al. 2009): each word adds 1 or −1 at a place that its hash gives.
 * Texts with many words in common point the same way. It knows no synonyms; it stands in where no sentence encoder is at hand and
 * every run must be the same everywhere, as in the simulator.
 */
export function wordVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    vector[(hash >>> 1) % DIMENSIONS]! += (hash & 1) === 0 ? 1 : -1;
  }
  return vector;
}
