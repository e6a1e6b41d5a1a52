/**
 * "Hier ist unsere Seite:", "voici l'autre côté :": sentences that say whose the next output is, in other languages than
 * English. Each language is a closed list of words, all of which a sentence must be made of: one that tells of anything
 * else ("nicht", "entre") says nothing.
 */
import type { Side } from "../domain/ids.ts";

interface Language {
  readonly ours: ReadonlySet<string>;
  /** Whatever stands before them: "unsere Gegenstelle" is theirs too. */
  readonly theirPeople: ReadonlySet<string>;
  readonly theirs: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}

const LANGUAGES: readonly Language[] = [
  language({
    ours: "unser unsere unserer unserem unseren uns wir mein meine meiner meinem meinen",
    theirPeople: "gegenseite gegenstelle partner partners partnerseite kunde kunden kundenseite",
    theirs: "andere anderen anderer anderem deren ihre ihrer ihrem ihren entfernte entfernten entfernter",
    others:
      "und hier ist das dies sind folgt kommt jetzt nun auf bei von vom der die den dem des haben hat unten seite ende router gerät geraet firewall gateway konfiguration config konfig ausgabe ausgaben log logs standort",
  }),
  language({
    ours: "notre nos nôtre mon ma mes nous moi",
    theirPeople: "pair client cliente partenaire",
    theirs: "autre leur leurs eux distant distante opposé opposée",
    others:
      "et voici voilà voila c ceci est sont ici maintenant puis de du des d la le les l chez à a au sur côté cote extrémité bout routeur pare-feu firewall passerelle configuration config conf sortie sorties journal journaux site équipement",
  }),
  language({
    ours: "nuestro nuestra nuestros nuestras mi mis nosotros",
    theirPeople: "cliente socio proveedor",
    theirs: "otro otra su sus suyo suya ellos ellas remoto remota",
    others:
      "y esta este esto es aquí aqui está ahora la el lo los las de del en por lado extremo router enrutador cortafuegos firewall configuración configuracion config salida registro registros sitio equipo",
  }),
  language({
    ours: "nosso nossa nossos nossas meu minha meus minhas nós",
    theirPeople: "cliente parceiro fornecedor",
    theirs: "outro outra deles delas dele dela remoto remota",
    others:
      "e este esta isto é aqui está agora o a os as de do da dos das em no na lado ponta extremidade roteador router firewall configuração configuracao config saída saida registro registros site equipamento",
  }),
];
const MOST_WORDS = 12;

/** @param sentence in lower case, without the colon; undefined where it surely announces no end */
export function announcedAbroad(sentence: string): Side | undefined {
  const clauses = sentence.normalize("NFC").split(",").map(wordsOf);
  const last = clauses.pop() ?? [];
  if (last.length < 2 || last.length > MOST_WORDS) return undefined;
  for (const one of LANGUAGES) {
    const side = sideIn(last, one);
    // "Our configuration, and theirs below" speaks of both.
    if (side !== undefined && !clauses.some((words) => words.some((word) => namesEnd(word, one)))) return side;
  }
  return undefined;
}

function sideIn(words: readonly string[], language: Language): Side | undefined {
  const { ours, theirPeople, theirs, others } = language;
  if (!words.every((word) => others.has(word) || namesEnd(word, language))) return undefined;
  if (words.some((word) => theirPeople.has(word))) return "remote";
  const isOurs = words.some((word) => ours.has(word));
  const isTheirs = words.some((word) => theirs.has(word));
  if (isOurs === isTheirs) return undefined;
  return isOurs ? "local" : "remote";
}

function namesEnd(word: string, { ours, theirPeople, theirs }: Language): boolean {
  return ours.has(word) || theirPeople.has(word) || theirs.has(word);
}

/** "c'est l'autre" is four words. */
function wordsOf(clause: string): string[] {
  return clause.split(/[\s'()"]+/).filter((word) => word !== "");
}

function language(words: Readonly<Record<keyof Language, string>>): Language {
  const set = (list: string) => new Set(list.split(" "));
  return {
    ours: set(words.ours),
    theirPeople: set(words.theirPeople),
    theirs: set(words.theirs),
    others: set(words.others),
  };
}
