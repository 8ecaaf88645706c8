// Attack: lists the databases, caches and messages of its origin before our part of the worker has taken them away, and answers with what it finds
// Ends: failed
export default function ({ root, post, listen }) {
  const { indexedDB, caches, BroadcastChannel } = root;
  const found = [];
  const note = (what) => found.push(String(what));
  for (const look of [
    () => indexedDB.databases().then((list) => note(list.map(({ name }) => name)), note),
    () => caches.keys().then(note, note),
    () => (new BroadcastChannel('secret').onmessage = (event) => note(event.data)),
    () => note(root.origin),
  ]) {
    try {
      look();
    } catch (error) {
      note(error);
    }
  }
  const { setTimeout } = root;
  listen((event) => {
    event.stopImmediatePropagation();
    const { kind, run, id, operations } = JSON.parse(event.data);
    if (kind === 'load')
      return post(JSON.stringify({ run, kind: 'loaded', exports: [['TtlCache', 'function']] }));
    const reply = () => {
      const answers = operations.map(() => ({ did: 'returned', value: found.join() }));
      post(JSON.stringify({ run, kind: 'answers', id, answers }));
    };
    return setTimeout(reply, id === 0 ? 300 : 0);
  });
}
