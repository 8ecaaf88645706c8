/** Reasons: copies in several tiers, many readers at once, what has become wrong, and prompts that are alike. */
import type { QuestionInput } from '../format.ts';

export const cacheWhySharing: QuestionInput[] = [
  {
    id: 'cache-why-promoted-too-old',
    kind: 'why',
    objective: 'promotion',
    difficulty: 2,
    source: 'promotion',
    question:
      'An answer is loaded at 10:00 and kept for one hour in [[l2|L2]]. At 11:40 an instance still answers it from [[l1|L1]]. L1’s own time to live is one hour, too. How can that be?',
    options: [
      {
        text: 'L1 checks the time when it evicts, so a hot entry outlives its end.',
        feedback:
          'L1 checks at each read, since expiry that waits for eviction would be none. An entry past its end is a miss.',
      },
      {
        text: 'L2 had served the entry so often that its life began anew.',
        feedback: 'A fixed life counts from the fill. Reads do not lengthen it, in L2 as little as in L1.',
      },
      {
        text: 'Another instance loaded it at 10:40, and told the others.',
        feedback:
          'Until 11:00 L2 answers, so nobody loads at 10:40. And it would be a newer answer, not this one.',
      },
      {
        text: 'Its copy was made shortly before 11:00, and began a life of its own.',
        right: true,
        feedback:
          'A promotion that stores with L1’s full hour adds the lives up: nearly two hours here, three with three tiers. A copy may keep only what is left of its original’s life.',
      },
    ],
  },
  {
    id: 'cache-why-export-promotes',
    kind: 'why',
    objective: 'promotion',
    difficulty: 2,
    source: 'promotion',
    question:
      'Every hit in [[l2|L2]] is copied to [[l1|L1]], which holds 400 entries. An export reads 100,000 entries from L2, each once, and L1 has no hits for minutes. Which rule for promotion helps?',
    options: [
      {
        text: 'Copy at the second read of an entry, not at the first.',
        right: true,
        feedback:
          'The export reads each entry once, so nothing of it enters L1. What is hot is read again soon, and pays one more trip to L2 for it.',
      },
      {
        text: 'Copy nothing; let L1 take only what the model answers.',
        feedback:
          'Then what L2 has stays there: an instance that did not load a hot answer itself pays the network for it every time.',
      },
      {
        text: 'Copy at every read, with a life of a few seconds.',
        feedback:
          'The 400 places are taken the moment the copies come. Short lives also end the hot copies early.',
      },
      {
        text: 'Copy in the background, after the answer was given.',
        feedback:
          'That spares the reader the wait, and fills L1 with the same 100,000 entries a little later.',
      },
    ],
  },
  {
    id: 'cache-why-forty-instances',
    kind: 'why',
    objective: 'stampedes',
    difficulty: 2,
    source: 'stampedes',
    ordered: true,
    question:
      'Forty instances share [[l2|L2]] and each coalesces its own identical requests. A hot answer, asked for 100 times a second at each instance, ends in all tiers at once. A [[model|model]] call takes two seconds. How many calls does its end cause?',
    options: [
      {
        text: 'None: the old answer serves until the new one is there.',
        feedback:
          'That would be stale-while-revalidate, which has to be allowed. An entry past its end is not served.',
      },
      {
        text: 'One: coalescing makes one call of identical requests.',
        feedback: 'Within an instance it does. What another instance has in flight it does not see.',
      },
      {
        text: 'About forty: each instance makes a call of its own.',
        right: true,
        feedback:
          'All forty miss in L2 before the first answer is there. A lock in L2, or a renewal before the end, would bring them down to one.',
      },
      {
        text: 'About 8,000: all who come in the two seconds call.',
        feedback:
          'That is the number without coalescing: 40 × 100 × 2. With it, 200 at each instance wait for one call.',
      },
    ],
  },
  {
    id: 'cache-why-early-refresh-who-waits',
    kind: 'why',
    objective: 'stampedes',
    difficulty: 3,
    source: 'stampedes',
    question:
      'With early refresh a reader who finds an entry near its end renews it with a probability that grows towards the end, while it still answers. Whose readers still wait for a load?',
    given: [
      ['Load', '2 s'],
      ['Chance to renew, 2 s before the end', '37 %'],
      ['10 s before', '0.7 %'],
    ],
    options: [
      {
        text: 'Those of entries that are read many times a second.',
        feedback:
          'They are the safest: of hundreds of readers in the last seconds, it is nearly certain that one renews in time.',
      },
      {
        text: 'Those of entries that are read every few minutes.',
        right: true,
        feedback:
          'Hardly ever does one of their readers come in the last seconds, so they end unrenewed. It costs little: one reader waits, and no crowd.',
      },
      {
        text: 'Those of entries whose load takes longest.',
        feedback:
          'The chance is scaled by the time of the load: what takes ten times as long is renewed ten times as early.',
      },
      {
        text: 'Nobody’s: each entry is renewed before its end.',
        feedback:
          'Only readers renew. Where none comes near the end, nothing happens, by intention: nobody wants it.',
      },
    ],
  },
  {
    id: 'cache-why-load-overtaken',
    kind: 'why',
    objective: 'invalidation',
    difficulty: 3,
    source: 'invalidation',
    question:
      'A load reads a price and takes two seconds for its answer. Meanwhile the price changes and its tag is purged. Then the load comes back with the old price. What should the cache do with it?',
    options: [
      {
        text: 'Keep it, as the purge was over before it was stored.',
        feedback:
          'By the order of arrival it looks new. By the order of what was read it is older than the purge, and now wrong for a whole time to live.',
      },
      {
        text: 'Keep it, and purge the tag again five seconds later.',
        feedback:
          'It works for loads shorter than five seconds and fails for the others. Until then the old price is served from every tier.',
      },
      {
        text: 'Fail those who wait for it, and let them ask anew.',
        feedback:
          'They asked before the change or at its moment; an error is worse for them than the price of that moment. Only the cache must forget it.',
      },
      {
        text: 'Answer those who wait for it, and keep no copy of it.',
        right: true,
        feedback:
          'The cache remembers when the load began. What was invalidated since then may be answered once and never stored, however long the load took.',
      },
    ],
  },
  {
    id: 'cache-why-tags',
    kind: 'why',
    objective: 'invalidation',
    difficulty: 1,
    source: 'invalidation',
    question:
      'Keys are hashes of prompts. An answer may speak of several products. The price of one product changes. How are just the answers found that have become wrong?',
    options: [
      {
        text: 'By a prefix: all keys that begin with the product.',
        feedback:
          'A hash begins with anything. And with several products in one answer, which would come first?',
      },
      {
        text: 'By a tag for each product, stored with each answer.',
        right: true,
        feedback:
          'Whoever stores the answer knows what it speaks of. An index from tags to keys then finds all of them, and nothing else.',
      },
      {
        text: 'By their age: purge what is older than the change.',
        feedback: 'That is everything in the cache, and a [[trouble|stampede]] for the sake of one product.',
      },
      {
        text: 'By their text: search all answers for the old price.',
        feedback:
          'It reads the whole cache, misses “under ten dollars”, and finds the same price of another product.',
      },
    ],
  },
  {
    id: 'cache-why-threshold',
    kind: 'why',
    objective: 'similar-prompts',
    difficulty: 2,
    source: 'similar-prompts',
    question:
      'A cache that goes by the similarity of prompts answered “sort a list” to someone who wanted to reverse one. The team raises the threshold from 0.85 to 0.95. What comes of it?',
    given: [
      ['“reverse a list in Python”, “sort a list in Python”', '0.96'],
      [
        '“summarize this article in three bullet points”, “give me a three bullet summary of this article”',
        '0.71',
      ],
    ],
    options: [
      {
        text: 'Wrong answers end; some paraphrases are asked anew.',
        feedback:
          'The one that was complained of lies at 0.96 and still passes. The threshold sorts by wording, not by meaning.',
      },
      {
        text: 'Little changes, as few pairs lie between 0.85 and 0.95.',
        feedback:
          'Paraphrases lie at all heights, there too. Those are lost, and the look-alikes above 0.95 remain.',
      },
      {
        text: 'Paraphrases are lost, and look-alikes still pass.',
        right: true,
        feedback:
          'One exchanged word leaves vectors closer than a sentence put differently. Let similarity find candidates, and let a guard compare numbers, negations and opposites.',
      },
      {
        text: 'Wrong answers end, if a better encoder is used with it.',
        feedback:
          'A better encoder moves the figures. Two prompts that differ in one word remain closer than two with hardly any word in common.',
      },
    ],
  },
  {
    id: 'cache-why-what-is-in-the-key',
    kind: 'why',
    objective: 'similar-prompts',
    difficulty: 1,
    source: 'similar-prompts',
    question:
      'A key is made of what decides the answer. Which of these can be left out of it without anyone getting an answer that is not his?',
    options: [
      {
        text: 'The tenant, where the prompts hold no personal data.',
        feedback:
          'The prompt is not all that is read: tools and documents are the tenant’s own. “What did we sell in May?” holds nothing personal.',
      },
      {
        text: 'The system prompt, as the user never wrote it.',
        feedback:
          'The model read it all the same. With another one it answers in another language, length or role.',
      },
      {
        text: 'The model’s name, where its answers are as good.',
        feedback:
          'Then who pays for the large model gets the small one’s answer, and no comparison of the two can be trusted.',
      },
      {
        text: 'Capitals and double spaces in plain text.',
        right: true,
        feedback:
          'They change the spelling and not the request, so they may go, and more requests meet. Quotations and code are left as they were: there a capital can matter.',
      },
    ],
  },
];
