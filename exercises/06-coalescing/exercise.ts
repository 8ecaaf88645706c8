import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Coalesce identical misses',
  system: 'L5',
  kind: 'implement',
  exports: [{ name: 'Coalescer', kind: 'class' }],
  objectives: [
    { id: 'share', text: 'Let callers of one key share the call in flight, and keep keys apart' },
    { id: 'free-again', text: 'Free a key when its call ends, whichever way it ends' },
    { id: 'fill', text: 'Fill the cache once on the way back, without making anyone wait' },
  ],
  hints: [
    'Walk to the step that goes wrong. Which calls are in flight at that moment, and what does your object think is in flight?',
    'A promise can be given to many. Keep the promise of each call under its key, before the first `await`: what comes after an `await` runs later, when others have asked already.',
    '`then(f)` runs `f` on success only. `finally(f)` runs it either way, and hands the value or the error on.',
    '`get`: `const joined = calls.get(key); if (joined) return joined; const call = this.load(key).finally(() => calls.delete(key)); calls.set(key, call); return call`. ' +
      '`load`: `const value = await model.ask(key); redis.set(key, value).catch(() => {}); return value`.',
  ],
};
