import type { Exercise } from '../format.ts';

export const exercise: Exercise = {
  title: 'What the model still has to know',
  system: 'L2',
  kind: 'implement',
  exports: [
    { name: 'importance', kind: 'function' },
    { name: 'Conversation', kind: 'class' },
  ],
  objectives: [
    { id: 'importance', text: 'Score a message by the module’s rule' },
    { id: 'token-window', text: 'Fill a window that is counted in tokens, not in messages' },
    {
      id: 'keeps-what-it-kept',
      text: 'Keep important old messages without dropping them again in a last cut',
    },
  ],
  hints: [
    'The module puts the important messages in front of the last 50, and cuts the list to 50 from the end. Which ones does that cut drop?',
    'Choosing and ordering are two steps. First decide which messages are in; then go through the conversation once, in its order.',
    'Make one list in the order in which the window is filled; a message may be on it several times. Then go along it with a `Set` of what is in, and with the tokens that are left.',
    '`for (const m of order) if (!kept.has(m) && m.tokens <= left) { kept.add(m); left -= m.tokens }`, then `messages.filter((m) => kept.has(m))`. For the order: `const back = [...messages].reverse()`; ' +
      'the system messages, `back.slice(0, 1)`, `back.filter(important).sort((a, b) => b.importance - a.importance)`, `back.slice(0, keepLast)`. Sorting keeps equal ones in their order.',
  ],
};
