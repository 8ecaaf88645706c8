/** The file: everything the learner made, as JSON with a checksum. Reading it trusts nothing. */
import * as v from 'valibot';
import { InputError, show } from '../../../engine/core/errors.ts';
import type { Contents } from './contents.ts';
import { sha1Hex } from './sha1.ts';

const PRODUCT = 'surge-lab';
/** Grows when the form of the file changes. */
export const FILE_FORM = 1;
/** Of a file, in bytes. A course's work comes to less than one. */
export const MOST_BYTES = 64_000_000;
/** No record of the lab is nested deeper; a file that is was made to break something. */
const DEEPEST = 100;
const NOT_OURS = 'Choose a file that the lab has exported: its name begins with "surge-lab".';
const AGAIN = 'Export it once more where it came from, or take another copy.';

export interface Backup {
  /** Version of the engine that wrote it. */
  engine: string;
  exportedAtMs: number;
  contents: Contents;
}

export function writeBackup({ engine, exportedAtMs, contents }: Backup): string {
  const body = { product: PRODUCT, form: FILE_FORM, engine, exportedAtMs, contents };
  return JSON.stringify({ ...body, checksum: checksumOf(body) });
}

/** As in `surge-lab-2026-03-01.json`; the day is the learner's own. */
export function backupName(nowMs: number, what = ''): string {
  const now = new Date(nowMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `surge-lab-${what}${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.json`;
}

const text = v.string();
const count = v.pipe(v.number(), v.finite(), v.minValue(0));
const strings = v.array(text);
const bodySchema = v.object({
  engine: text,
  exportedAtMs: count,
  contents: v.object({
    work: v.record(text, v.array(v.unknown())),
    settings: v.record(text, v.unknown()),
    page: v.object({
      partings: v.array(v.object({ exercise: text, text, editor: v.unknown(), base: count, atMs: count })),
      place: v.optional(v.unknown()),
      theme: v.optional(v.picklist(['light', 'dark'])),
      experiments: v.optional(v.object({ opened: strings, used: strings })),
      account: v.optional(v.pipe(text, v.uuid())),
    }),
  }),
});

/** Before it is read into memory. @throws InputError */
export function checkSize(bytes: number): void {
  if (bytes > MOST_BYTES)
    throw new InputError('file', `at most ${megabytes(MOST_BYTES)}`, megabytes(bytes), NOT_OURS);
}

/** @throws InputError with the place, what was expected, what was got, and what to do */
export function readBackup(text: string): Backup {
  checkSize(text.length);
  const file = parsed(text);
  if (file['product'] !== PRODUCT)
    throw new InputError('product', `"${PRODUCT}"`, show(file['product']), NOT_OURS);
  if (typeof file['form'] === 'number' && file['form'] > FILE_FORM)
    throw new InputError(
      'form',
      `at most ${FILE_FORM}`,
      show(file['form']),
      'A newer version of the lab has written it: load this page anew, or open the file there.',
    );
  if (file['form'] !== FILE_FORM) throw new InputError('form', String(FILE_FORM), show(file['form']), AGAIN);
  // First, as what is nested too deep cannot be written for its checksum either.
  refuseHostile(file);
  const { checksum, ...body } = file;
  const expected = checksumOf(body);
  if (checksum !== expected)
    throw new InputError(
      'checksum',
      `"${expected}" for what is in the file`,
      show(checksum),
      `The file was damaged or changed on its way. ${AGAIN}`,
    );
  const read = v.safeParse(bodySchema, body);
  if (!read.success) {
    const [issue] = read.issues;
    throw new InputError(v.getDotPath(issue) ?? 'file', issue.expected ?? issue.type, issue.received, AGAIN);
  }
  return read.output;
}

function parsed(text: string): Record<string, unknown> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    const isOurs = text.trimStart().startsWith('{"product"');
    throw new InputError(
      'file',
      'JSON',
      text === '' ? 'nothing' : isOurs ? 'a text that ends before its end' : show(text.slice(0, 40)),
      isOurs ? `The file was damaged or cut off on its way. ${AGAIN}` : NOT_OURS,
    );
  }
  if (typeof file !== 'object' || file === null || Array.isArray(file))
    throw new InputError('file', 'an object in braces', show(file), NOT_OURS);
  return file as Record<string, unknown>;
}

/** The checksum is of the file without it, as the lab would write it; so spaces and line ends do not matter. */
const checksumOf = (body: object): string => `sha1:${sha1Hex(JSON.stringify(body))}`;

/** A key that would change what every object is, and depth that would exhaust the stack. */
function refuseHostile(file: unknown): void {
  const left: { value: unknown; place: string; depth: number }[] = [{ value: file, place: '', depth: 0 }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, place, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > DEEPEST)
      throw new InputError(place, `at most ${DEEPEST} levels`, 'more', 'The lab has not written this file.');
    for (const [key, inner] of Object.entries(value)) {
      const at = place ? `${place}.${key}` : key;
      if (key === '__proto__')
        throw new InputError(at, 'a name of the lab', show(key), 'The lab has not written this file.');
      left.push({ value: inner, place: at, depth: depth + 1 });
    }
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
