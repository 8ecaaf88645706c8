import { DIGITS, MULTIPLIERS, NUMBERS, ORDINALS, TENS } from './lexicon/numbers.ts';

/** A prompt, cut into words that are spelt in one way, with what must stay as it is written put aside. */
export interface Words {
  /** Lower-case words, numbers in digits, `,` and `?` for punctuation, `"…"` for what is quoted. */
  readonly words: readonly string[];
  /** What stands in quotation marks or backticks, in order. */
  readonly quoted: readonly string[];
}

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcan't\b|\bcannot\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/\bshan't\b/g, 'shall not'],
  [/\b(is|are|was|were|do|does|did|has|have|had|should|would|could|must|need|might)n'?t\b/g, '$1 not'],
  [/\b(i)'m\b/g, '$1 am'],
  [/\b(\w+)'re\b/g, '$1 are'],
  [/\b(\w+)'ve\b/g, '$1 have'],
  [/\b(\w+)'ll\b/g, '$1 will'],
  [/\b(i|you|he|she|we|they)'d\b/g, '$1 would'],
  [/\blet's\b/g, 'let us'],
  [/\b(what|who|where|when|why|how|that|it|there|he|she|here)'s\b/g, '$1 is'],
  [/\bgonna\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
  [/\btl;?dr\b/g, 'tldr'],
];

/** British spelling → American. */
const SPELLING: readonly (readonly [RegExp, string])[] = [
  [/^(col|fav|flav|hon|neighb|lab|rum|hum|harb|vap|behavi|endeav|od|arm|sav|vig)our/, '$1or'],
  [/^(.{3,})is(e|es|ed|ing|ation|ations|er)$/, '$1iz$2'],
  [/^(.{3,})ys(e|es|ed|ing)$/, '$1yz$2'],
  [/^((?:kilo|centi|milli)?met|lit|kilolit|millilit|cent|theat|fib|calib)re(s?)$/, '$1er$2'],
  [/^(catal|dial|anal)ogue/, '$1og'],
  [/^(travel|cancel|label|model|signal|level)l(ed|ing|er)$/, '$1$2'],
  [/^(def|off|lic)ence$/, '$1ense'],
  [/^grey/, 'gray'],
  [/^programme(s?)$/, 'program$1'],
  [/^cheque/, 'check'],
  [/^tyre/, 'tire'],
  [/^mould/, 'mold'],
  [/^aluminium$/, 'aluminum'],
  [/^paediatric/, 'pediatric'],
  [/^anaemi/, 'anemi'],
  [/^oestrogen/, 'estrogen'],
  [/^cosy$/, 'cozy'],
  [/^learnt$/, 'learned'],
  [/^whilst$/, 'while'],
];
/** Words on -ise and -yse that are spelt so everywhere. */
const NOT_BRITISH =
  /^(exerc|prom|surpr|adv|dev|rev|superv|comprom|desp|disgu|exp|franch|improv|ra|pra|no|w|r|ar|tele|merchand|enterpr|prec|conc|para|bru|cru|prem|tre|exc|dem|telev|chast|treat)is|^(paralys|analysis)$/;

const WORD =
  /"\d+"|'s(?![\p{L}\p{N}])|\d+(?:[.,:/]\d+)*(?:%|°|\p{L}+)?|[\p{L}\p{N}_]+(?:[.'_][\p{L}\p{N}_]+)*[+#]*|[=<>!&|+*/^~%$€£¥@#-]+|[?,;:.!°]/gu;
/** `US`, `IT` and `WHO` are also small words; in capitals they are names, unless everything is in capitals. */
const CAPITALS: Readonly<Record<string, string>> = {
  US: 'usa',
  IT: 'information-technology',
  WHO: 'world-health-organization',
};

export function tokenise(text: string): Words {
  const quoted: string[] = [];
  let plain = text
    .normalize('NFKC')
    .replace(/[‘’‛]/g, "'")
    .replace(
      /"([^"]+)"|“([^”]+)”|«([^»]+)»|```([\s\S]+?)```|`([^`]+)`|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])/gu,
      (_, ...parts) => {
        quoted.push(
          (parts.slice(0, 6) as (string | undefined)[])
            .find((part) => part !== undefined)!
            .trim()
            .replace(/[.,!?]+$/, ''),
        );
        return ` "${quoted.length - 1}" `;
      },
    );
  if (plain !== plain.toUpperCase())
    plain = plain.replace(
      /\b(?:US|IT|WHO|U\.S\.A?\.?|U\.K\.)(?![\p{L}\p{N}])/gu,
      (name) => CAPITALS[name] ?? (name.startsWith('U.S') ? 'usa' : 'uk'),
    );
  plain = plain.toLowerCase();
  for (const [pattern, replacement] of CONTRACTIONS) plain = plain.replace(pattern, replacement);
  plain = plain
    .replace(/\b(\p{L}+)'s\b/gu, "$1 's")
    .replace(/(\p{L}s)'(?=\s)/gu, "$1 's")
    .replace(/(?<=\p{L})-(?=\p{L})|(?<=\p{N})-(?=\p{L})|(?<=\p{L})-(?=\p{N})/gu, ' ')
    .replace(/(?<=[\p{L}\p{N}]) ?\/ ?(?=\p{L})/gu, ' or ')
    .replace(/° ?c\b/g, ' celsius')
    .replace(/° ?f\b/g, ' fahrenheit')
    .replace(/\be mail(s?)\b/g, 'email$1')
    .replace(/(\d{4})-(\d\d)-(\d\d)/g, (_, y, m, d) => ` ${MONTHS[Number(m) - 1] ?? m} ${Number(d)} ${y} `)
    .replace(/(\d),(?=\d{3}\b)/g, '$1');
  const words = plain.match(WORD) ?? [];
  return { words: numbersInDigits(words.flatMap(spelling)), quoted };
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

function spelling(word: string): string[] {
  // 10km, 5pm, 20°c, 3rd stay what they are but for a gap between number and unit
  const unit = /^(\d+(?:[.,]\d+)?)(%|°|\p{L}{1,4})$/u.exec(word);
  if (unit && !/^(st|nd|rd|th|s|d|g)$/.test(unit[2]!)) return [unit[1]!, unit[2]!];
  if (NOT_BRITISH.test(word)) return [word];
  for (const [pattern, replacement] of SPELLING)
    if (pattern.test(word)) return [word.replace(pattern, replacement)];
  return [word];
}

/** `twenty five thousand` → `25000`, `2.50` → `2.5`, `seventh` → `7th`. */
function numbersInDigits(words: readonly string[]): string[] {
  const result: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    let value = /^\d+(\.\d+)?$/.test(word) && !/^0\d/.test(word) ? Number(word) : NUMBERS.get(word);
    if (value === undefined && word === 'one' && MULTIPLIERS.has(words[i + 1] ?? '')) value = 1;
    if (value === undefined || (word === 'dozen' && result.at(-1) === 'a' && result.pop() === undefined)) {
      result.push(ORDINALS.get(word) ?? word);
      continue;
    }
    if (TENS.has(word) && DIGITS.has(words[i + 1] ?? '')) value += DIGITS.get(words[++i]!)!;
    while (MULTIPLIERS.has(words[i + 1] ?? '')) value *= MULTIPLIERS.get(words[++i]!)!;
    if ((word === 'hundred' || word === 'thousand' || word === 'million') && result.at(-1) === 'a')
      result.pop();
    // A version keeps its zeros: 3.10 isn't 3.1.
    result.push(/^\d+\.\d+$/.test(word) && !MULTIPLIERS.has(words[i] ?? '') ? word : String(value));
  }
  return result;
}
