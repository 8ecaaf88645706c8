import { InputError } from '../../core/errors.ts';
import { decimal, plainNumber, shown, utf8 } from './bytes.ts';
import { csvCells, isHeader, namesKey } from './formats/csv.ts';
import { looksLikeOracleGeneral } from './formats/oracle-general.ts';
import type { FormatName } from './trace-formats.ts';

/** Bytes at the start of a file from which its format is told. */
export const HEAD_BYTES = 65536;

/**
 * The format of a file from its name (without .gz) and the first bytes of its content.
 * @param whole whether `head` is all there is.
 * @throws InputError that says what was seen and which formats it could be.
 */
export function detectFormat(name: string, head: Uint8Array, whole: boolean): FormatName {
  const lower = name.toLowerCase();
  if (lower.includes('oraclegeneral')) return 'oracle-general';
  if (lower.endsWith('.trc.bin')) return 'int32';
  refusePacked(name, head);
  const lines = isText(head, whole) ? sampleLines(head, whole) : null;
  if (lines === null) return binaryFormat(name, head);
  if (lower.endsWith('.lis')) return 'arc';
  if (lower.endsWith('.csv') || lower.endsWith('.tsv')) return 'csv';
  if (lower.endsWith('.jsonl')) return 'mooncake';
  if (lines.length === 0) throw new InputError(name, 'a trace', 'a file without a request');
  return textFormat(name, lines);
}

function refusePacked(name: string, head: Uint8Array): void {
  const packers: [magic: number[], what: string, unpack: string][] = [
    [[0x28, 0xb5, 0x2f, 0xfd], 'Zstandard', 'zstd -d'],
    [[0x42, 0x5a, 0x68], 'bzip2', 'bunzip2'],
    [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz', 'unxz'],
    [[0x50, 0x4b, 0x03, 0x04], 'zip', 'unzip'],
  ];
  for (const [magic, what, unpack] of packers)
    if (magic.every((byte, i) => head[i] === byte))
      throw new InputError(
        name,
        'a trace, as it is or packed by gzip',
        `one packed by ${what}`,
        `Unpack it first: ${unpack}.`,
      );
}

function binaryFormat(name: string, head: Uint8Array): FormatName {
  if (looksLikeInt32(head)) return 'int32';
  if (looksLikeOracleGeneral(head)) return 'oracle-general';
  throw new InputError(
    name,
    'a trace whose format shows',
    `bytes that are neither text nor records of a known kind (${shown(head, 0, head.length)})`,
    'If it is one of these, name it: --format oracle-general or --format int32.',
  );
}

/**
 * Keys of a big-endian stream are small numbers: the first byte of nearly each is 0, the last one hardly ever. Little-endian
 * records, which have the low bytes of times, ids and sizes first, aren't like that.
 */
function looksLikeInt32(head: Uint8Array): boolean {
  const keys = Math.floor(head.length / 4);
  let small = 0;
  let ended = 0;
  for (let i = 0; i < keys; i++) {
    if (head[4 * i] <= 1) small++;
    if (head[4 * i + 3] !== 0) ended++;
  }
  return keys > 0 && small >= keys * 0.99 && ended >= keys / 2;
}

function isText(head: Uint8Array, whole: boolean): boolean {
  for (const byte of head) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return false;
  if (whole) return utf8(head, 0, head.length) !== null;
  // The last character may be cut in two.
  for (let cut = 0; cut < 4; cut++) if (utf8(head, 0, head.length - cut) !== null) return true;
  return false;
}

/** Lines of the head that are whole and not empty. */
function sampleLines(head: Uint8Array, whole: boolean): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  while (from < head.length && lines.length < 1000) {
    let end = head.indexOf(10, from);
    if (end < 0) {
      if (!whole && lines.length > 0) break;
      end = head.length;
    }
    const line = head.subarray(from, end > from && head[end - 1] === 13 ? end - 1 : end);
    if (line.some((byte) => byte !== 32 && byte !== 9)) lines.push(line);
    from = end + 1;
  }
  return lines;
}

type Shape = 'word' | 'time id size' | 'four integers' | 'json' | 'cells' | 'numbers' | 'text';

/** What most lines look like decides; the decoder then names the line that is different. */
function textFormat(name: string, lines: readonly Uint8Array[]): FormatName {
  const first = utf8(lines[0], 0, lines[0].length) ?? '';
  const { delimiter, cells } = csvCells(first);
  if (cells.length > 1 && isHeader(cells) && namesKey(cells)) return 'csv';
  const shapes = new Map<Shape, number>();
  for (const line of lines) {
    const shape = shapeOf(line);
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  const [shape, count] = [...shapes].reduce((a, b) => (b[1] > a[1] ? b : a));
  const known = count * 2 > lines.length ? FORMAT_OF[shape] : undefined;
  if (known !== undefined) return known;
  if (shape === 'cells' && (cells.length === 3 || cells.length === 4) && cells.every(isNumber)) return 'csv';
  const seen =
    shape === 'cells'
      ? `lines of ${cells.length} cells between ${delimiter === '\t' ? 'tabs' : `"${delimiter}"`}`
      : shape === 'numbers'
        ? `lines of ${first.trim().split(/\s+/).length} numbers`
        : `lines of several kinds (${[...shapes.keys()].join(', ')})`;
  throw new InputError(
    name,
    'a trace whose format shows',
    seen,
    'Name the format: --format keys takes each line as a key, --format csv a column of it (--columns id=…).',
  );
}

/** What a line of each shape is; the other shapes could be several things. */
const FORMAT_OF: Partial<Record<Shape, FormatName>> = {
  word: 'keys',
  text: 'keys',
  'four integers': 'arc',
  json: 'mooncake',
  'time id size': 'time-id-size',
};

function shapeOf(line: Uint8Array): Shape {
  const text = utf8(line, 0, line.length) ?? '';
  const trimmed = text.trim();
  if (trimmed.startsWith('{') && trimmed.includes('"hash_ids"')) return 'json';
  const words = trimmed.split(/\s+/);
  const { cells } = csvCells(trimmed);
  if (words.length === 1) return cells.length > 1 && cells.some(isNumber) ? 'cells' : 'word';
  if (words.every(isNumber)) {
    if (words.length === 3 && isWhole(words[2])) return 'time id size';
    // The third number is 0 in all known traces of this kind; with another one it could be time, id, size and more.
    if (words.length === 4 && words.every(isWhole) && words[2] === '0') return 'four integers';
    return 'numbers';
  }
  if (words.length === 3 && isNumber(words[0]) && isWhole(words[2])) return 'time id size';
  return cells.length > 1 && cells.some(isNumber) ? 'cells' : 'text';
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0) & 255);
const isNumber = (text: string): boolean => !Number.isNaN(decimal(ascii(text), 0, text.length));
const isWhole = (text: string): boolean => plainNumber(ascii(text), 0, text.length) >= 0;
