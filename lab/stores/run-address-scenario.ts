/**
 * A whole scenario in an address: its JSON, deflated, in the alphabet of base64url. The catalogue's larger ones take some 3,300 characters.
 */
import { InputError } from '../../engine/core/errors.ts';
import { LONGEST_ADDRESS } from './run-address.ts';

/** No scenario is near it; what unpacks to more is not one. */
const MOST_BYTES = 512 * 1024;
const ADVICE = 'The link was cut or changed on its way. Ask for it again, or for the run as a file.';

/** @throws InputError when it is too long for an address */
export async function packScenario(scenario: object): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(scenario));
  const packed = await read(bytes, new CompressionStream('deflate-raw'));
  const code = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  if (code.length > LONGEST_ADDRESS)
    throw new InputError(
      'the scenario',
      `at most ${LONGEST_ADDRESS.toLocaleString('en')} characters in an address`,
      code.length.toLocaleString('en'),
      'Give the run away as a file instead.',
    );
  return code;
}

/** @throws InputError for what packScenario has not made. Whether it is a scenario, the run says. */
export async function unpackScenario(code: string): Promise<object> {
  let text: string;
  try {
    const packed = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    text = new TextDecoder('utf-8', { fatal: true }).decode(
      await read(packed, new DecompressionStream('deflate-raw')),
    );
  } catch {
    throw new InputError('?own', 'a packed scenario', 'something that cannot be unpacked', ADVICE);
  }
  const content: unknown = parsed(text);
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new InputError('?own', 'a packed scenario', 'something else', ADVICE);
  return content;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function read(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.length;
    if (total > MOST_BYTES) {
      await reader.cancel();
      throw new Error('too large');
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
