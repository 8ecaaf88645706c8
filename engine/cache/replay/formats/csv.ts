import { InputError, nearest, show } from '../../../core/errors.ts';
import { decimal, plainNumber, utf8 } from '../bytes.ts';
import { LineDecoder, type CsvColumns, type DecoderOptions } from './format.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;
const QUOTE = 34;

/** Names that a header may give the fields, in lower case without punctuation. */
const NAMES: Record<keyof CsvColumns, readonly string[]> = {
  id: [
    'id',
    'objid',
    'objectid',
    'obj',
    'object',
    'key',
    'keyid',
    'lbn',
    'lba',
    'block',
    'blockid',
    'page',
    'url',
  ],
  size: ['size', 'objsize', 'objectsize', 'sizebytes', 'bytes', 'length', 'len'],
  time: ['time', 'timestamp', 'ts', 'clocktime', 'realtime'],
};

/**
 * Tables as libCacheSim reads them: separated by comma, tab, semicolon or bar, with or without a header. Which column is what comes
 * from `columns`, else from the header, else from the number of columns: `id`, `time,id`, `time,id,size` or
 * `time,id,size,next access`.
 */
export class CsvDecoder extends LineDecoder {
  private readonly wanted: CsvColumns;
  private delimiter = 0;
  private columns = 0;
  private bounds = new Int32Array(0);
  private idColumn = -1;
  private sizeColumn = -1;
  private timeColumn = -1;

  constructor(options: DecoderOptions) {
    super(options.name);
    this.wanted = options.columns ?? {};
  }

  protected read(bytes: Uint8Array, from: number, to: number, line: number): void {
    if (this.columns === 0 && this.begin(bytes, from, to)) return;
    const fields = this.split(bytes, from, to);
    if (fields !== this.columns)
      throw this.malformed(line, `${count(this.columns, 'column')}, as on the first line`, bytes, from, to);
    const { bounds, idColumn, sizeColumn, timeColumn } = this;
    if (timeColumn >= 0 && Number.isNaN(decimal(bytes, bounds[2 * timeColumn], bounds[2 * timeColumn + 1])))
      throw this.malformed(line, `a number as the time in column ${timeColumn + 1}`, bytes, from, to);
    const idFrom = bounds[2 * idColumn];
    const idTo = bounds[2 * idColumn + 1];
    if (idFrom === idTo) throw this.malformed(line, `a key in column ${idColumn + 1}`, bytes, from, to);
    const id = this.key(bytes, idFrom, idTo, line);
    if (sizeColumn < 0) {
      this.builder.add(id);
      return;
    }
    const sizeBytes = plainNumber(bytes, bounds[2 * sizeColumn], bounds[2 * sizeColumn + 1]);
    if (sizeBytes < 0)
      throw this.malformed(
        line,
        `a whole number of bytes as the size in column ${sizeColumn + 1}`,
        bytes,
        from,
        to,
      );
    this.builder.addSized(id, sizeBytes);
  }

  /** Learns from the first line what the columns are; whether it is a header. */
  private begin(bytes: Uint8Array, from: number, to: number): boolean {
    const text = utf8(bytes, from, to);
    if (text === null) throw this.malformed(1, 'text in UTF-8', bytes, from, to);
    const { delimiter, cells } = csvCells(text);
    this.delimiter = delimiter.charCodeAt(0);
    this.columns = cells.length;
    this.bounds = new Int32Array(2 * cells.length);
    const header = isHeader(cells) ? cells : null;
    this.idColumn = this.column('id', cells, header);
    this.sizeColumn = this.column('size', cells, header);
    this.timeColumn = this.column('time', cells, header);
    if (this.idColumn < 0)
      throw new InputError(
        `${this.name}, line 1`,
        'columns that can be told apart',
        header === null ? `${count(cells.length, 'column')} without a header` : `the header ${show(text)}`,
        'Say which is which: --columns id=2,size=3 (numbers from 1, or names of the header).',
      );
    return header !== null;
  }

  /** Index of the column of a field, −1 when there is none. */
  private column(
    field: keyof CsvColumns,
    cells: readonly string[],
    header: readonly string[] | null,
  ): number {
    const wanted = this.wanted[field];
    if (wanted !== undefined) {
      const number = /^\d+$/.test(wanted) ? Number(wanted) - 1 : -1;
      const found = number >= 0 ? number : (header ?? []).findIndex((name) => name.trim() === wanted);
      if (found >= 0 && found < cells.length) return found;
      const guess = nearest(wanted, header ?? []);
      throw new InputError(
        '--columns',
        `a column of ${this.name}: 1 to ${cells.length}${header === null ? '' : ` or ${header.join(', ')}`}`,
        `${field}=${wanted}`,
        guess === undefined ? '' : `Did you mean ${guess}?`,
      );
    }
    // Naming the key's column says that the others are not to be guessed.
    if (this.wanted.id !== undefined) return -1;
    if (header !== null) return header.findIndex((name) => NAMES[field].includes(bare(name)));
    const guessed = GUESSES[cells.length]?.indexOf(field) ?? -1;
    return guessed;
  }

  /** Fills `bounds` with the fields of a line, without quotes and the blanks around; gives their number. */
  private split(bytes: Uint8Array, from: number, to: number): number {
    const { bounds, delimiter, columns } = this;
    let field = 0;
    let begin = from;
    let quoted = false;
    for (let i = from; i <= to; i++) {
      if (i < to && bytes[i] === QUOTE) quoted = !quoted;
      if (i < to && (quoted || bytes[i] !== delimiter)) continue;
      if (field < columns) {
        let a = begin;
        let b = i;
        while (a < b && bytes[a] === 32) a++;
        while (b > a && bytes[b - 1] === 32) b--;
        if (b - a >= 2 && bytes[a] === QUOTE && bytes[b - 1] === QUOTE) {
          a++;
          b--;
        }
        bounds[2 * field] = a;
        bounds[2 * field + 1] = b;
      }
      field++;
      begin = i + 1;
    }
    return quoted ? -1 : field;
  }
}

/** What columns without a header are, by their number. */
const GUESSES: Record<number, readonly string[]> = {
  1: ['id'],
  2: ['time', 'id'],
  3: ['time', 'id', 'size'],
  4: ['time', 'id', 'size', 'next'],
};

/** The cells of a line, cut at the delimiter that stands in it most often. */
export function csvCells(text: string): { delimiter: string; cells: string[] } {
  let best: { delimiter: string; cells: string[] } = { delimiter: ',', cells: [text] };
  for (const delimiter of DELIMITERS) {
    const cells = text.split(delimiter);
    if (cells.length > best.cells.length) best = { delimiter, cells };
  }
  return {
    delimiter: best.delimiter,
    cells: best.cells.map((cell) =>
      cell
        .trim()
        .replace(/^#\s*/, '')
        .replace(/^"(.*)"$/, '$1'),
    ),
  };
}

/** A header has no cell that is a number, and one that names the key. */
export function isHeader(cells: readonly string[]): boolean {
  return (
    cells.every((cell) => cell !== '' && !/^[-+.\d]/.test(cell)) && (cells.length > 1 || namesKey(cells))
  );
}

/** Whether one of the cells is a usual name of the key's column. */
export function namesKey(cells: readonly string[]): boolean {
  return cells.some((cell) => NAMES.id.includes(bare(cell)));
}

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
