import { TierError } from './tiers/tier.ts';

/** Text to shorter text and back: what the platform brings (engine/live/gzip-codec.ts), so that the engine needs no streams. */
export interface TextCodec {
  /** Name of the encoding, such as `gzip`; kept with the value. */
  readonly name: string;
  compress(text: string): Promise<string>;
  /** Rejects when the text is not what `compress` gave. */
  decompress(text: string): Promise<string>;
}

/** The stored form of a compressed value; plain JSON, so that every tier can keep it. */
export interface PackedValue {
  readonly packed: string;
  readonly text: string;
  /** Length of the value's JSON in bytes, before compression. */
  readonly plainBytes: number;
}

export function isPacked(stored: unknown): stored is PackedValue {
  const p = stored as Partial<PackedValue> | null;
  return (
    typeof p === 'object' &&
    p !== null &&
    typeof p.packed === 'string' &&
    typeof p.text === 'string' &&
    typeof p.plainBytes === 'number'
  );
}

/**
 * The stored form of a value: compressed where that makes it shorter, otherwise as it is (C14). A value that JSON does not
 * carry (undefined, a bigint, a cycle), and one that looks like a packed one, is packed never or always.
 */
export async function pack(value: unknown, codec: TextCodec): Promise<unknown> {
  const json = jsonOf(value);
  if (json === undefined) return value;
  const plainBytes = utf8Length(json);
  const packed: PackedValue = { packed: codec.name, text: await codec.compress(json), plainBytes };
  return utf8Length(JSON.stringify(packed)) < plainBytes || isPacked(value) ? packed : value;
}

/**
 * The value of a stored form.
 * @throws TierError `corrupt` when it cannot be read; `tier` names who had it.
 */
export async function unpack(stored: unknown, codec: TextCodec | undefined, tier: string): Promise<unknown> {
  if (!isPacked(stored)) return stored;
  if (codec?.name !== stored.packed)
    throw new TierError(tier, 'corrupt', `a value packed with ${stored.packed}, which is not known here`);
  try {
    return JSON.parse(await codec.decompress(stored.text)) as unknown;
  } catch (cause) {
    throw new TierError(tier, 'corrupt', 'a compressed value that cannot be read', { cause });
  }
}

/** Bytes of key and stored value, as they would be written down. What JSON does not carry counts by its text. */
export function sizeInBytes(key: string, stored: unknown): number {
  return utf8Length(key) + utf8Length(jsonOf(stored) ?? String(stored));
}

/** Length in UTF-8; a lone surrogate counts as the three bytes of its replacement. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
