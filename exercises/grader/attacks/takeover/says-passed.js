// Attack: answers in the name of our part of the worker, with every word that could mean a pass
// Ends: protocol
// Says: not of this run
export default function ({ post, listen }) {
  listen((event) => {
    event.stopImmediatePropagation();
    post(JSON.stringify({ kind: 'passed', verdict: 'passed', run: JSON.parse(event.data).run }));
  });
}
