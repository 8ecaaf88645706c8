import { plainNumber } from '../bytes.ts';
import { LineDecoder, splitAtBlanks } from './format.ts';

/** More requests than this are a mistake in a count, and would not fit into memory. */
const MOST_REQUESTS = 1_000_000_000;

/**
 * The traces of the ARC paper (P1 … P14, DS1, S3, OLTP): `start count ignore reqno` on each line, which asks for the blocks start,
 * start + 1, … start + count − 1. https://researcher.watson.ibm.com/researcher/view_person_subpage.php?id=4700
 */
export class ArcLisDecoder extends LineDecoder {
  private readonly bounds = new Int32Array(8);

  protected read(bytes: Uint8Array, from: number, to: number, line: number): void {
    const { bounds } = this;
    const fields = splitAtBlanks(bytes, from, to, bounds, 4);
    const start = plainNumber(bytes, bounds[0], bounds[1]);
    const count = fields < 2 ? -1 : plainNumber(bytes, bounds[2], bounds[3]);
    const ignored = fields < 3 ? -1 : plainNumber(bytes, bounds[4], bounds[5]);
    const number = fields < 4 ? -1 : plainNumber(bytes, bounds[6], bounds[7]);
    if (fields !== 4 || start < 0 || count < 1 || ignored < 0 || number < 0)
      throw this.malformed(
        line,
        'four whole numbers, start count ignore reqno, with a count of 1 or more',
        bytes,
        from,
        to,
      );
    if (this.builder.requests + count > MOST_REQUESTS)
      throw this.malformed(line, `at most ${MOST_REQUESTS} requests in all`, bytes, from, to);
    for (let i = 0; i < count; i++) this.builder.add(this.keys.ofNumber(start + i));
  }
}
