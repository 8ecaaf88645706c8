const words = (list: string): readonly string[] => list.split(/\s+/).filter(Boolean);

/** Small words of English, and words that prompts begin with. */
export const ENGLISH_WORDS: ReadonlySet<string> = new Set(
  words(`
    a an the this that these those i me my we us our you your he him his she her it its they them their
    is are was were be been being am do does did have has had can could will would shall should may might must
    and or but if so than then because while of in on at by for with about into from to up out off over under as
    not no yes all any some every each more most many much few less
    what which who whom whose when where why how
    please give tell show write explain describe list make create find get use help want need like translate
    summarize define compare convert name say there here very good best way difference between word sentence
  `),
);

/** Small words of other languages in Latin letters, without those that English has too (comment, come, son, war …). */
export const FOREIGN_WORDS: ReadonlySet<string> = new Set([
  // French
  ...words(`
    le la les des du au aux une et est sont était être avoir avez ont que qui quoi quel quelle quels quelles
    pourquoi où quand combien dans sur avec sans par pas ne je tu il elle nous vous ils elles mon ton
    mes tes ses notre votre leur ce cette ces c'est ça très bien merci bonjour faire fait puis-je peux peut
    donne donnez moi expliquez explique écris écrivez traduisez entre qu s'il plaît
  `),
  // Spanish
  ...words(`
    el los las una unos unas y está están ser estar qué que cómo como cuál cuáles cuándo dónde donde quién
    por para sobre entre pero muy más mi tu su sus nuestro yo él ella nosotros ellos lo le les se del al
    puedo puede puedes hacer hago tengo gracias hola explica escribe dime dame cuánto cuántos cuántas de
  `),
  // Portuguese
  ...words(`
    uma umas uns é são está estão qual quais quando onde quem porque com sem para pelo pela não eu ele ela nós
    eles meu minha seu sua muito mais fazer faço posso pode você vocês obrigado olá explique escreva do da dos das
    no na nos nas em ao à
  `),
  // Italian
  ...words(`
    il lo gli uno è sono essere avere che chi cosa quando perché quale quali quanto senza per tra fra
    di del della dei delle nel nella sul sulla noi voi loro mio tuo suo molto più posso può puoi grazie ciao
    spiega scrivi dammi
  `),
  // German
  ...words(`
    der das dem des ein eine einen einem einer eines und oder aber ist sind waren sein haben habe hatte
    wird werden wie was wer wo wann warum welche welcher welches wieviel ohne für von zum zur bei nach aus auf
    über unter zwischen nicht kein keine ich du sie wir ihr mich mir dich dir mein meine dein deine kann kannst
    können soll muss möchte bitte danke guten tag morgen wetter rezept gib schreibe erkläre mache macht im ins vom am
  `),
  // Dutch
  ...words(`
    het een en zijn heeft hebben wat wie waar wanneer waarom welke hoe zonder voor naar niet geen ik jij hij
    wij jullie mijn jouw kan kunt moet graag bedankt maak schrijf uit
  `),
  // Swedish, Norwegian, Danish
  ...words(`
    och är att det som en ett på av för med från inte jag du hon vi ni hur vad vem var när varför kan ska
    og ikke jeg hvordan hva hvem hvor når hvorfor hvad hvilken
  `),
  // Polish, Czech
  ...words(`
    jest są jak co kto gdzie kiedy dlaczego który która czy nie się na z ze do dla po przez mój twój proszę dziękuję
    je jsou jak kdo kdy proč který není prosím
  `),
  // Turkish, Indonesian, Finnish, Hungarian, Romanian
  ...words(`
    merhaba bir ve bu ne nasıl neden nerede kim için ile mi mı değil var nedir hangi
    yang di ke dari apa siapa bagaimana mengapa untuk dengan tidak saya anda ini itu adalah
    ja ei mikä miten miksi missä kuka kun että minä sinä
    egy és nem hogy mi miért hogyan hol
    și este sunt ce cine unde când cum nu cu pentru din
  `),
]);
