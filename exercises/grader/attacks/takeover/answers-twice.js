// Attack: answers each question three times
// Ends: protocol
// Says: an answer to no question
export default function ({ post, listen }) {
  listen((event) => {
    event.stopImmediatePropagation();
    const { kind, run, id, operations } = JSON.parse(event.data);
    if (kind === 'load')
      return post(JSON.stringify({ run, kind: 'loaded', exports: [['TtlCache', 'function']] }));
    const answers = operations.map(() => ({ did: 'returned', value: true }));
    for (let i = 0; i < 3; i++) post(JSON.stringify({ run, kind: 'answers', id, answers }));
    return undefined;
  });
}
