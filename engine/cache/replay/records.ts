import { InputError } from '../../core/errors.ts';

/** Cuts chunks of bytes into records of one length. */
export class RecordSplitter {
  private readonly rest: Uint8Array;
  private restLength = 0;
  private records = 0;

  /** @param onRecord called for each record, with the bytes and where in them it begins. */
  constructor(
    private readonly place: string,
    private readonly lengthBytes: number,
    private readonly onRecord: (bytes: Uint8Array, from: number) => void,
  ) {
    this.rest = new Uint8Array(lengthBytes);
  }

  push(chunk: Uint8Array): void {
    const { lengthBytes, rest } = this;
    let from = 0;
    if (this.restLength > 0) {
      from = Math.min(chunk.length, lengthBytes - this.restLength);
      rest.set(chunk.subarray(0, from), this.restLength);
      this.restLength += from;
      if (this.restLength < lengthBytes) return;
      this.records++;
      this.onRecord(rest, 0);
      this.restLength = 0;
    }
    for (; from + lengthBytes <= chunk.length; from += lengthBytes) {
      this.records++;
      this.onRecord(chunk, from);
    }
    rest.set(chunk.subarray(from));
    this.restLength = chunk.length - from;
  }

  end(): void {
    if (this.restLength > 0)
      throw new InputError(
        `${this.place}, record ${this.records + 1}`,
        `${this.lengthBytes} bytes`,
        `only ${this.restLength} before the end of the file`,
        'The file is cut off, or it has another format; --format names one.',
      );
  }
}
