import { show } from '../../../core/errors.ts';
import { utf8 } from '../bytes.ts';
import { LineDecoder } from './format.ts';

/**
 * The traces of Mooncake (FAST 2025, https://github.com/kvcache-ai/Mooncake/tree/main/FAST25-release/traces): one JSON object a line,
 * `{"timestamp", "input_length", "output_length", "hash_ids": […]}`. Each hash id stands for a prefix of so many blocks of 512
 * tokens and is one request.
 */
export class MooncakeDecoder extends LineDecoder {
  protected read(bytes: Uint8Array, from: number, to: number, line: number): void {
    const expected = 'a JSON object with timestamp, input_length, output_length and a list hash_ids';
    const text = utf8(bytes, from, to);
    let request: unknown;
    try {
      request = JSON.parse(text ?? '');
    } catch {
      throw this.malformed(line, expected, bytes, from, to);
    }
    if (!isRequest(request)) throw this.malformed(line, expected, bytes, from, to);
    for (const id of request.hash_ids) {
      if (!Number.isSafeInteger(id) || (id as number) < 0)
        throw this.malformed(
          line,
          'hash_ids that are whole numbers from 0',
          bytes,
          from,
          to,
          `${show(id)} is none.`,
        );
      this.builder.add(this.keys.ofNumber(id as number));
    }
  }
}

function isRequest(value: unknown): value is { hash_ids: unknown[] } {
  if (typeof value !== 'object' || value === null) return false;
  const request = value as Record<string, unknown>;
  return (
    Array.isArray(request['hash_ids']) &&
    ['timestamp', 'input_length', 'output_length'].every((field) => typeof request[field] === 'number')
  );
}
