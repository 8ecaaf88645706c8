// Attack: floods the page with messages
// Ends: protocol
// Says: more than 5000 messages
export default function ({ post }) {
  post('up');
  for (let i = 0; i < 1_000_000; i++) post(i);
}
