import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Five at a time, and nobody waits long',
  system: 'M8',
  kind: 'implement',
  exports: [{ name: 'Batcher', kind: 'class' }],
  objectives: [
    { id: 'size-or-time', text: 'Send a batch when it is full or its time is over, whichever is first' },
    { id: 'grouped', text: 'Group by model, and close a batch the moment it goes' },
    { id: 'own-answer', text: 'Give each caller the answer at its own place' },
    { id: 'partial-failure', text: 'Keep a failure to the request that it belongs to' },
  ],
  hints: [
    '`add` returns a promise that somebody else fulfils later. What has to be kept of a request, besides its prompt?',
    'A `Map` from the model to its open batch: when it was opened, and a list of `{ prompt, resolve, reject }`. Delete the batch from the `Map` before you wait for `send`.',
    'Write one async function for a batch that goes: prompts out, answers in, and a failure of `send` is the same as an empty list of answers. Then look at each place of the batch, not at each answer.',
    '`go(batch)`: `open.delete(model); let answers = []; try { answers = await send(model, prompts) } catch {}`. Then, for each request `i`: if `answers[i]` is `null` or `undefined`, ' +
      '`sendOne(model, prompt).then(resolve, reject)`, else `resolve(answers[i])`. No `await` inside of this loop.',
  ],
};
