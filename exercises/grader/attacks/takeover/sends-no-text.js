// Attack: sends an object where a text belongs
// Ends: protocol
// Says: a message that is no text
export default function ({ post }) {
  post('up');
  post({ kind: 'passed', list: new Array(1_000_000).fill('x') });
}
