/** Which questions a sitting asks. */
import { RandomStream } from '../engine/core/random.ts';

/** At most `most` of them, in an order drawn by the seed. */
export function drawn<T>(from: readonly T[], most: number, seed: number): T[] {
  const random = new RandomStream(seed, 'quiz questions');
  const left = [...from];
  const taken: T[] = [];
  while (taken.length < most && left.length > 0) taken.push(...left.splice(random.below(left.length), 1));
  return taken;
}
