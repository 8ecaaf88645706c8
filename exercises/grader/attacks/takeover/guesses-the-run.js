// Attack: answers with a number of the run that it has made up
// Ends: protocol
// Says: not of this run
export default function ({ post }) {
  post('up');
  post(JSON.stringify({ kind: 'loaded', run: '0'.repeat(32), exports: [['TtlCache', 'function']] }));
}
