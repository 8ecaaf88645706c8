// Attack: answers when the time is over
// Ends: timeout
export default function ({ root, post, listen }) {
  const { setTimeout } = root;
  listen((event) => {
    event.stopImmediatePropagation();
    const { kind, run, id, operations } = JSON.parse(event.data);
    if (kind === 'load')
      return post(JSON.stringify({ run, kind: 'loaded', exports: [['TtlCache', 'function']] }));
    const answers = operations.map(() => ({ did: 'returned', value: true }));
    return setTimeout(() => post(JSON.stringify({ run, kind: 'answers', id, answers })), 2500);
  });
}
