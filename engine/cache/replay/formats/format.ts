import { InputError } from '../../../core/errors.ts';
import { plainNumber, shown, utf8 } from '../bytes.ts';
import { KeyTable } from '../key-table.ts';
import { LineSplitter } from '../lines.ts';
import { TraceBuilder, type Trace } from '../trace.ts';

/**
 * Reads one format. Bytes come in chunks of any length, so the same code reads a file in Node and one dropped on the page.
 * `push` and `end` throw an InputError that names the line or record.
 */
export interface TraceDecoder {
  push(chunk: Uint8Array): void;
  end(): Trace;
  /** Requests read so far. */
  readonly requests: number;
}

export interface DecoderOptions {
  /** Name of the file, for messages. */
  name: string;
  /** For csv: column of each field, by number from 1 or by its name in the header. */
  columns?: CsvColumns;
}

export interface CsvColumns {
  id?: string;
  size?: string;
  time?: string;
}

/** What the decoders of text formats share. */
export abstract class LineDecoder implements TraceDecoder {
  protected readonly keys = new KeyTable();
  protected readonly builder = new TraceBuilder();
  private readonly splitter: LineSplitter;

  constructor(protected readonly name: string) {
    this.splitter = new LineSplitter(name, (bytes, from, to, line) => this.read(bytes, from, to, line));
  }

  get requests(): number {
    return this.builder.requests;
  }

  push(chunk: Uint8Array): void {
    this.splitter.push(chunk);
  }

  end(): Trace {
    this.splitter.end();
    return this.builder.build(this.keys.size);
  }

  /** One line that isn't empty. */
  protected abstract read(bytes: Uint8Array, from: number, to: number, line: number): void;

  /** Id of the key that these bytes are. */
  protected key(bytes: Uint8Array, from: number, to: number, line: number): number {
    const number = plainNumber(bytes, from, to);
    if (number >= 0) return this.keys.ofNumber(number);
    for (let i = from; i < to; i++)
      if (bytes[i] < 32 && bytes[i] !== 9)
        throw this.malformed(
          line,
          'text',
          bytes,
          from,
          to,
          'The file seems to be binary; --format names its format.',
        );
    const text = utf8(bytes, from, to);
    if (text === null) throw this.malformed(line, 'text in UTF-8', bytes, from, to);
    return this.keys.ofString(text);
  }

  protected malformed(
    line: number,
    expected: string,
    bytes: Uint8Array,
    from: number,
    to: number,
    advice = '',
  ): InputError {
    return new InputError(`${this.name}, line ${line}`, expected, shown(bytes, from, to), advice);
  }
}

/** Fields between blanks; fills `bounds` with [from, to) pairs and gives their number, at most `most` + 1. */
export function splitAtBlanks(
  bytes: Uint8Array,
  from: number,
  to: number,
  bounds: Int32Array,
  most: number,
): number {
  let fields = 0;
  let i = from;
  while (fields <= most) {
    while (i < to && (bytes[i] === 32 || bytes[i] === 9)) i++;
    if (i === to) break;
    const begin = i;
    while (i < to && bytes[i] !== 32 && bytes[i] !== 9) i++;
    if (fields < most) {
      bounds[2 * fields] = begin;
      bounds[2 * fields + 1] = i;
    }
    fields++;
  }
  return fields;
}
