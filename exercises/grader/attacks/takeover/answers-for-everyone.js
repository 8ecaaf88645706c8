// Attack: takes the whole conversation over, with the right number, and answers as the protocol wants it; but what?
// Ends: failed
export default function ({ post, listen }) {
  listen((event) => {
    event.stopImmediatePropagation();
    const { kind, run, id, operations } = JSON.parse(event.data);
    if (kind === 'load')
      return post(JSON.stringify({ run, kind: 'loaded', exports: [['TtlCache', 'function']] }));
    const answers = operations.map(() => ({ did: 'returned', value: true }));
    return post(JSON.stringify({ run, kind: 'answers', id, answers }));
  });
}
