import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'Refresh before it is too late',
  system: 'C10',
  kind: 'implement',
  exports: [{ name: 'EarlyCache', kind: 'class' }],
  objectives: [
    { id: 'early', text: 'Refresh early by lot, the earlier the longer a value takes to load' },
    {
      id: 'stale',
      text: 'Serve a stale value while it is refreshed, and know when it may not be served any more',
    },
    { id: 'one-refresh', text: 'Let one reader refresh while the others go on reading' },
  ],
  hints: [
    'What is ln(u) for u = 1, and for u near 0? Is the product that is subtracted from now positive or negative, and what does that do to now?',
    'Keep delta and expiry with the value when it is set. `get` then needs three comparisons of times, in the order: is it gone, is it stale, is it early?',
    'Both refreshing cases have the same end: if a refresh of this entry is under way, serve; otherwise note that one is, and say refresh.',
    '`get`: no entry, or `nowMs >= expiryMs + staleForMs` → load. `due = nowMs - deltaMs * beta * Math.log(u) >= expiryMs` covers stale, too, for `Math.log(u)` is at most 0. ' +
      'If `due` and not `entry.refreshing`: set `entry.refreshing`, refresh; else serve. `set` stores a new entry that is not refreshing; `failed` sets `refreshing` to `false`.',
  ],
};
