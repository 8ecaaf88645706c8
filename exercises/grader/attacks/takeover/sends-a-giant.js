// Attack: sends one message that is as large as it can be made
// Ends: protocol
// Says: a message of
export default function ({ post }) {
  post('up');
  post('x'.repeat(100_000_000));
}
