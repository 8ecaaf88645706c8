import { decimal, plainNumber } from '../bytes.ts';
import { LineDecoder, splitAtBlanks } from './format.ts';

/** `time id size` between blanks, as webcachesim and the Wikimedia traces have it. The time is checked, but not used. */
export class TimeIdSizeDecoder extends LineDecoder {
  private readonly bounds = new Int32Array(6);

  protected read(bytes: Uint8Array, from: number, to: number, line: number): void {
    const { bounds } = this;
    const fields = splitAtBlanks(bytes, from, to, bounds, 3);
    const sizeBytes = fields < 3 ? -1 : plainNumber(bytes, bounds[4], bounds[5]);
    if (fields !== 3 || sizeBytes < 0 || Number.isNaN(decimal(bytes, bounds[0], bounds[1])))
      throw this.malformed(
        line,
        'time id size, the time a number and the size a whole number of bytes',
        bytes,
        from,
        to,
      );
    this.builder.addSized(this.key(bytes, bounds[2], bounds[3], line), sizeBytes);
  }
}
