import { GRADABLE } from './light-words.ts';

/** Irregular form → base form. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  `
  wrote write written write made make built build bought buy sold sell went go gone go began begin begun begin spoke speak
  spoken speak said say told tell got get gotten get gave give given give took take taken take ate eat eaten eat drank drink
  drunk drink drove drive driven drive flew fly flown fly grew grow grown grow knew know known know ran run saw see seen see
  sang sing sung sing slept sleep spent spend taught teach thought think won win lost lose fell fall fallen fall rose rise
  risen rise broke break broken break chose choose chosen choose came come became become froze freeze frozen freeze held hold
  kept keep led lead left leave lent lend meant mean met meet paid pay sent send shot shoot stole steal stolen steal swam swim
  tore tear torn tear wore wear worn wear understood understand dealt deal felt feel hid hide hidden hide shown show died die
  dying die lying lie lay lie children child men man women woman feet foot teeth tooth mice mouse geese goose knives knife
  wives wife wolves wolf shelves shelf indices index indexes index matrices matrix analyses analysis bacteria bacterium
  viruses virus bit bite bitten bite blew blow caught catch drew draw drawn draw fought fight forgot forget forgotten forget
  heard hear lit light rode ride ridden ride sat sit shook shake stood stand struck strike swept sweep threw throw thrown
  throw woke wake woken wake binding bind ties tie tying tie lice louse oxen ox cacti cactus fungi fungus
  movies movie cookies cookie calories calorie zombies zombie photos photo potatoes potato tomatoes tomato heroes hero
  hrs hr lbs lb kgs kg kms km yrs yr ads ad pcs pc tvs tv dbs db vms vm apis api urls url faqs faq ceos ceo
  using use used use eaten eat bled bleed fed feed hurt hurt cut cut put put did do done do has have had have
  `
    .trim()
    .split(/\s+/)
    .flatMap((word, i, all) => (i % 2 === 0 ? [[word, all[i + 1]!] as const] : [])),
);

/** They end like a plural, a participle or an adverb, but are none. */
const UNCHANGED = new Set(
  `news always james paris texas physics mathematics economics politics series species athens brussels wales naples
  bus gas plus minus status virus focus bonus census thus this his is was us yes less unless across access process business
  address express css aws ios dns https kubernetes sales philippines netherlands nothing something anything everything king
  ring spring string wing thing bring sing during morning evening wedding ceiling building red bed need seed feed speed
  weed exceed proceed indeed hundred naked united family reply apply supply july only early italy fly rely daily weekly monthly
  bully jelly lily ugly rally ally belly assembly multiply comply imply`.split(/\s+/),
);

/** Forms of the past that say so by themselves: `won`, `wrote`; without those that are also something else. */
export const isPast = (word: string): boolean => IRREGULAR.has(word) && PAST.has(word);
const PAST = new Set(
  `wrote made built bought sold went began spoke said told got gave took ate drank drove flew grew knew ran saw sang slept spent
  taught thought won lost rose broke chose came became froze held kept meant met paid sent shot stole swam tore wore understood
  dealt hid died drew fought forgot heard rode sat shook struck threw woke`.split(/\s+/),
);

const undoubled = (base: string): string[] => (/([^aeiouls])\1$/.test(base) ? [base.slice(0, -1)] : []);

/**
 * The forms under which a word may be found: itself, and the bases that it could be a form of. Which base is right takes
 * a dictionary (`deleting` → `delete`, `sorting` → `sort`), so all are tried: two words are one when they share a form.
 */
export function formsOf(word: string): string[] {
  const irregular = IRREGULAR.get(word);
  if (irregular) return [irregular, word];
  if (UNCHANGED.has(word) || !/^\p{L}{4,}$/u.test(word)) return [word];
  const compared = comparison(word);
  if (compared) return compared;
  const forms = [word];
  if (/ies$/.test(word) && word.length > 4) forms.unshift(`${word.slice(0, -3)}y`);
  else if (/(ss|ch|sh|x|z|o)es$/.test(word)) forms.unshift(word.slice(0, -2), word.slice(0, -1));
  else if (/[^suiy]s$|ys$|[^i]es$/.test(word)) forms.unshift(word.slice(0, -1));
  else if (/ing$/.test(word) && word.length > 5) {
    const base = word.slice(0, -3);
    forms.unshift(...undoubled(base), `${base}e`, base);
  } else if (/ied$/.test(word)) forms.unshift(`${word.slice(0, -3)}y`);
  else if (/ed$/.test(word) && word.length > 4) {
    const base = word.slice(0, -2);
    forms.unshift(...undoubled(base), `${base}e`, base);
  } else if (/ly$/.test(word) && word.length > 5) {
    const base = word.slice(0, -2);
    forms.unshift(base, ...(base.endsWith('i') ? [`${base.slice(0, -1)}y`] : []));
    if (/[^aeiou]$/.test(base)) forms.push(`${base}le`);
  }
  return forms;
}

/** `tallest` → `tall+est`, `easier` → `easy+er`; undefined for what isn't compared (`letter`, `forest`). */
function comparison(word: string): string[] | undefined {
  const known = { better: 'good+er', best: 'good+est', worse: 'bad+er', worst: 'bad+est' }[word];
  if (known) return [known, word];
  const match = /^(\p{L}{2,})(er|est)$/u.exec(word);
  if (!match) return undefined;
  const [, stem = '', ending = ''] = match;
  const bases = [
    stem,
    `${stem}e`,
    ...undoubled(stem),
    ...(stem.endsWith('i') ? [`${stem.slice(0, -1)}y`] : []),
  ];
  const base = bases.find((candidate) => GRADABLE.has(candidate));
  return base === undefined ? undefined : [`${base}+${ending}`, word];
}
