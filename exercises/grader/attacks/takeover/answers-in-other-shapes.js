// Attack: answers with values that no worker of ours would write
// Ends: protocol
// Says: not of this run
export default function ({ post, listen }) {
  listen((event) => {
    event.stopImmediatePropagation();
    const { kind, run, id, operations } = JSON.parse(event.data);
    if (kind === 'load')
      return post(JSON.stringify({ run, kind: 'loaded', exports: [['TtlCache', 'function']] }));
    const answers = operations.map(() => ({ did: 'returned', value: true }));
    const value = ['object', ['__proto__', ['made', 0]], ['then', ['fake', 'then', true]]];
    return post(
      JSON.stringify({ run, kind: 'answers', id, answers: answers.map(() => ({ did: 'returned', value })) }),
    );
  });
}
