import { sha1 } from '../backup/sha1.ts';

/** Any fixed id would do; it sets the lab's names apart from those of others. */
const NAMESPACE = '6f0b9a52-2f0e-4a57-9c1d-7d6a3c1b5e84';

/** The UUID of a name: version 5 of RFC 9562. The same name has the same id wherever it is made. */
export function uuidOf(name: string, namespace = NAMESPACE): string {
  const prefix = namespace
    .replaceAll('-', '')
    .match(/../g)!
    .map((byte) => parseInt(byte, 16));
  const digest = sha1(Uint8Array.from([...prefix, ...new TextEncoder().encode(name)]));
  digest[6] = (digest[6]! & 0x0f) | 0x50;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
