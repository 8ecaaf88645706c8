import { describe, expect, test } from 'vitest';
import { expectAgreement, HIT, take, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';
import { S3Fifo } from './s3-fifo.ts';

describe('S3-FIFO by hand', () => {
  test('one hit is not enough to leave the small queue alive, two are', () => {
    expect(play(new S3Fifo(10), 10, 'A A B B B C D E F G H I J K L')).toBe(
      'A A+ B B+ B+ C D E F G H I J K-A L-C',
    );
  });

  test('with promotion at one hit, one is', () => {
    expect(play(new S3Fifo(10, 1), 10, 'A A B C D E F G H I J K')).toBe('A A+ B C D E F G H I J K-B');
  });

  test('a ghost enters main, where scans do not reach it', () => {
    expect(play(new S3Fifo(10), 10, 'A B C D E F G H I J K A L M N O P Q R S A')).toBe(
      'A B C D E F G H I J K-A A-B L-C M-D N-E O-F P-G Q-H R-I S-J A+',
    );
  });
});

test('S3-FIFO is what three plain lists do', () => {
  expectAgreement(
    (capacity) => new S3Fifo(capacity),
    (capacity) => plainS3Fifo(capacity, 2),
  );
  expectAgreement(
    (capacity) => new S3Fifo(capacity, 1),
    (capacity) => plainS3Fifo(capacity, 1),
  );
});

function plainS3Fifo(capacity: number, promoteAt: number): Reference {
  type Entry = { key: number; freq: number };
  const small: Entry[] = [];
  const main: Entry[] = [];
  const ghosts: number[] = [];
  const smallShare = Math.floor(0.1 * capacity);
  const ghostShare = Math.floor(0.9 * capacity);

  function evictFromMain(): number {
    for (;;) {
      const entry = main.shift()!;
      if (entry.freq === 0) return entry.key;
      main.push({ key: entry.key, freq: Math.min(entry.freq, 3) - 1 });
    }
  }
  function evictFromSmall(): number | null {
    while (small.length > 0) {
      const entry = small.shift()!;
      if (entry.freq < promoteAt) {
        ghosts.push(entry.key);
        if (ghosts.length > ghostShare) ghosts.shift();
        return entry.key;
      }
      main.push({ key: entry.key, freq: 0 });
    }
    return null;
  }
  return {
    request(key) {
      const entry = [...small, ...main].find((e) => e.key === key);
      if (entry) {
        entry.freq++;
        return HIT;
      }
      const ghost = take(ghosts, key);
      let evicted: number | null = null;
      while (small.length + main.length >= capacity)
        evicted =
          main.length > capacity - smallShare || small.length === 0 ? evictFromMain() : evictFromSmall();
      (ghost ? main : small).push({ key, freq: 0 });
      return { hit: false, evicted };
    },
  };
}
