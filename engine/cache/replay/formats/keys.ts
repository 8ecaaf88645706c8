import { LineDecoder } from './format.ts';

/** One key a line, any text; every character counts, blanks too. No line is a comment. */
export class KeysDecoder extends LineDecoder {
  protected read(bytes: Uint8Array, from: number, to: number, line: number): void {
    this.builder.add(this.key(bytes, from, to, line));
  }
}
