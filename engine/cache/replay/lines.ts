import { InputError } from '../../core/errors.ts';

/** Longer than any line of a trace; a file without line ends must not fill the memory. */
const LONGEST_LINE_BYTES = 64 * 1024 * 1024;

/** Called for each line, without its end; `bytes` is valid during the call only. */
export type OnLine = (bytes: Uint8Array, from: number, to: number, line: number) => void;

/**
 * Cuts chunks of bytes into lines that end with LF or CR LF; the last one needs no end. A byte order mark at the start is
 * left out. Empty lines may stand at the end of the file only.
 */
export class LineSplitter {
  /** Beginning of a line whose end has not come yet. */
  private rest = new Uint8Array(0);
  private restLength = 0;
  private line = 0;
  private firstEmpty = 0;

  constructor(
    private readonly place: string,
    private readonly onLine: OnLine,
  ) {}

  push(chunk: Uint8Array): void {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      if (this.restLength > 0) {
        this.keep(chunk.subarray(from, end));
        const { rest, restLength } = this;
        this.restLength = 0;
        this.take(rest, 0, restLength);
      } else this.take(chunk, from, end);
      from = end + 1;
    }
    if (from < chunk.length) this.keep(chunk.subarray(from));
  }

  end(): void {
    if (this.restLength > 0) this.take(this.rest, 0, this.restLength);
    this.restLength = 0;
  }

  private take(bytes: Uint8Array, from: number, to: number): void {
    const line = ++this.line;
    if (
      line === 1 &&
      bytes[from] === 0xef &&
      bytes[from + 1] === 0xbb &&
      bytes[from + 2] === 0xbf &&
      to - from >= 3
    )
      from += 3;
    if (to > from && bytes[to - 1] === 13) to--;
    if (isBlank(bytes, from, to)) {
      if (this.firstEmpty === 0) this.firstEmpty = line;
      return;
    }
    if (this.firstEmpty > 0)
      throw new InputError(
        `${this.place}, line ${this.firstEmpty}`,
        'a request',
        'an empty line',
        'Empty lines may stand at the end of the file only.',
      );
    this.onLine(bytes, from, to, line);
  }

  private keep(part: Uint8Array): void {
    const length = this.restLength + part.length;
    if (length > LONGEST_LINE_BYTES)
      throw new InputError(
        `${this.place}, line ${this.line + 1}`,
        'a line of at most 64 MiB',
        'a longer one',
        'Perhaps the file is binary: --format oracle-general or --format int32.',
      );
    if (length > this.rest.length) {
      const longer = new Uint8Array(Math.max(1024, 2 * length));
      longer.set(this.rest.subarray(0, this.restLength));
      this.rest = longer;
    }
    this.rest.set(part, this.restLength);
    this.restLength = length;
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== 32 && bytes[i] !== 9) return false;
  return true;
}
