// Attack: loops for ever while it loads
// Ends: timeout
// Says: did not finish loading
while (Math.abs(1));
export class TtlCache {}
