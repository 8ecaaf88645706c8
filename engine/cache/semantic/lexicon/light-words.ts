const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean));

/** Words that say nothing about what is asked, once the kind of question is known. They are passed over. */
export const FREE = words(`
  a an the this that these those some any my our your his her its their i me we us you he him she they them it one ones
  mine yours ours theirs myself yourself ourselves oneself themselves itself
  is are was were be been being am do does did doing done have has had having can could would should will shall may might
  must of in on at by for with about as into onto to and or but so than then there here if whether that which who whom
  whose what when where why how please kindly just also really very quite actually basically exactly maybe perhaps
  currently ever still yet even well too like such via per among within upon through throughout during between over
  against people
  someone somebody anyone anybody everyone oneself
  versus vs etc ok okay so let lets regarding concerning towards toward
  subject topic matter
  from
  all every each whole entire
  following below above given attached provided
  certain specific particular various different
  need needs want wants know
`);

/**
 * Words that may be missing from one of two prompts: they repeat what the others say, or only fill (a *new* shop, the
 * *concept* of recursion). When each prompt has one of its own, they differ after all.
 */
export const WEAK = words(`
  eating drinking consuming taking doing having using
  fully completely entirely thoroughly
  fast+est cheap+est safe+est quick+est efficient
  get go make use work take put have keep find see look try happen occur become appear seem feel sound come bring set write create
  generate called involve
  way method approach thing something stuff idea option kind type sort
  term word concept theory idea meaning definition command code syntax keyword
  good+est good good+er great nice new popular common main important effective proper properly correct correctly suitable
  easy easily simple simply quick quickly fast short brief basic top useful helpful interesting appropriate suitable
  current required needed necessary average
  today now actual exact typical usual general normal often possible own personal
  info information details detail fact facts ability
`);

/**
 * Nouns that may be missing as well, where they say what kind of thing their neighbour is (the Sahara *desert*, a Word
 * *document*) or what is asked for (which *city* is …), but not as what the next word is about (*language* model), nor
 * behind a preposition (a poem about the *sea*).
 */
export const WEAK_NOUNS = words(`
  city place country location area person document file text language programming software app website site page job
  position role world desert mountain river ocean sea island planet topic human element item entry
`);

/** In a prompt with one of these, words are mentioned, not used: `a synonym for big` isn't `a synonym for large`. */
export const ABOUT_WORDS = words(`
  synonym synonyms antonym antonyms rhyme rhymes rhyming spell spelled pronounce pronounced pronunciation
  mean means meaning define defined definition translate translation say etymology plural singular conjugate
  conjugation abbreviation acronym idiom slang stands syllable syllables
`);

/** Adjectives that are compared: taller, tallest. */
export const GRADABLE = words(`
  big large small tall short long high low deep wide narrow broad old young new fast quick slow hot cold warm cool cheap
  easy hard simple tough strong weak heavy light rich poor smart clever happy sad healthy near close far early late loud
  quiet clean dirty dark bright safe rare great nice busy funny scary pretty ugly thin thick fat tiny hungry dry wet soft
  sharp steep dense dangerous expensive beautiful popular common important difficult populous famous polite formal
  productive interesting effective efficient good bad friendly serious assertive powerful intelligent modern
`);
