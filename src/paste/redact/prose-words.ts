/** The words by which people speak of a key, in English, German, French, Spanish, Italian and Portuguese; folded. */

/** What nothing but a secret is called. */
const SECRET_NOUN =
  /^(?:psks?|(?:pre-?)?shared-?(?:key|secret)|preshared|secret|password|passwd|passphrase|passcode|pwd|passworte?s?|kennworte?s?|contrasena|senha|geheimnis|secreto|motdepasse)$/;
/** What other things are called as well: "key exchange", "the key to it". */
const KEY_NOUN = /^(?:keys?|schluessel|schlussel|clave|cle|clef|chiave|chave|parola)$/;

/** What makes another thing of a key: "key exchange is …". */
const COMPOUND =
  /^(?:exchange|exch|lifetimes?|life|pairs?|rings?|chains?|agreement|derivation|management|mgmt|material|usage|servers?|size|length|len|bits?|modulus|ids?|names?|type|label|number|generation|rollover|renewal|lookup|index|mismatch(?:es)?|differences?|config|configuration|encryption|payload|engine|auth|authentication|prompt|policy|recovery|expiry|rotation|problems?|issues?|question|part|field|line|word|point|idea|thing|algorithms?|bind|hash|server|words?)$/;

const COPULA =
  /^(?:is|are|was|were|be|read|reads|to|lautet|lauten|ist|sind|war|heisst|heissen|es|son|era|est|sont|etait|e|sao)$/;
/** Before a name of a key: "is X the right key". */
const ARTICLE =
  /^(?:the|a|our|your|their|my|its|der|die|das|den|unser|unsere|unseren|mein|dein|euer|ihr|ein|eine|einen|la|el|las|los|una|un|nuestra|mi|su|le|les|notre|votre|mon|ma|une|il|lo|nostra|mia|o|nossa|minha|uma)$/;
const ADJECTIVE =
  /^(?:right|correct|wrong|same|new|old|actual|real|current|good|bad|valid|pre-?shared|shared|secret|ipsec|ike|vpn|tunnel|isakmp|richtige?r?|falsche?r?|gleiche?r?|neue?r?|alte?r?|bonne|mauvaise|nouvelle|ancienne|meme|correcta|misma|nueva|vieja|giusta|stessa|certa|mesma)$/;
const GIVES =
  /^(?:use|uses|used|using|set|sets|have|has|had|got|put|enter|entered|type|typed|configured|choose|chose|chosen|take|took|benutzen|benutze|benutzt|verwenden|verwende|verwendet|nutzen|nehmen|haben|habe|hat|usamos|uso|usan|ponemos|tenemos|utilisons|utilise|utilisent|avons|mettons|usiamo|abbiamo|temos)$/;
const AS = /^(?:as|for|als|como|comme|come)$/;
/** What may stand between a key and its "is": "the key on the hub is", "la clé partagée est". */
const BETWEEN =
  /^(?:on|for|of|in|at|with|to|from|by|and|both|all|each|either|that|which|we|i|you|they|he|she|it|use|used|using|have|has|got|set|should|must|can|could|may|might|will|would|shall|had|been|being|now|currently|still|here|there|only|just|the|a|an|our|your|their|my|this|these|hub|spoke|branch|hq|headquarters|router|routers|firewall|gateway|peer|peers|side|sides|end|ends|tunnel|tunnels|vpn|ipsec|ike|isakmp|local|remote|far|near|other|changed|configured|entered|typed|precompartida|compartida|partagee|prepartagee|pre-partagee|secrete|precondivisa|condivisa|compartilhada|fuer|fur|auf|im|am|vom|von|bei|unserem|des|der|die|das|den|dem|del|de|la|el|en|du|le|les|sur|pour|para|por|nous|wir|ich|ambos|beiden|deux)$/;
/** Between "is" and the key. */
const FILLER =
  /^(?:now|currently|still|called|simply|just|probably|maybe|the|string|word|value|following|set|configured|jetzt|einfach|ahora|simplement)$/;
/** What people say of a key that is no key. */
const SAID_OF =
  /^(?:definitely|certainly|exactly|surely|really|totally|absolutely|already|always|never|likely|simply|certain|sure|double|typed|copied|pasted|stuck|long|short|weak|strong|secret|fine|case|ascii|hex|plain|clear|cleartext|encrypted|ours|theirs|mine|yours|identical|everything|something|nothing|anything|everyone|somebody|what|where|why|who|which|whether|being|given|going|getting|from|longer|shorter|also|even|hard|easy|safe|unsafe|visible|richtig|falsch|gleich|identisch|anders|nicht|kein|keine|unbekannt|bekannt|korrekt|verschieden|unterschiedlich|correcta|correcto|incorrecta|igual|iguales|misma|mismo|diferente|diferentes|distinta|no|mala|buena|correcte|incorrecte|identique|identiques|differente|differentes|pareil|pas|la|le|el|die|der|das|dieselbe|derselbe|meme|mauvaise|bonne|auf|bei|en|sur|dans|en|aux|al|con|mit|avec)$/;

export type Part = "secret-noun" | "key-noun" | "other";

export function nounIn(folded: string): Part {
  return SECRET_NOUN.test(folded) ? "secret-noun" : KEY_NOUN.test(folded) ? "key-noun" : "other";
}

export const isCompound = (folded: string): boolean => COMPOUND.test(folded);
export const isCopula = (folded: string): boolean => COPULA.test(folded);
export const isArticle = (folded: string): boolean => ARTICLE.test(folded);
export const isAdjective = (folded: string): boolean => ADJECTIVE.test(folded);
export const givesKey = (folded: string): boolean => GIVES.test(folded);
/** Before "key X", where X is the key: "what about", "we tried", "with". */
const NAMES = /^(?:about|with|tr(?:y|ied|ying)|test(?:ed|ing)?|mit|avec|con|com)$/;
export const namesKey = (folded: string): boolean => NAMES.test(folded);
export const isAs = (folded: string): boolean => AS.test(folded);
export const mayStandBetween = (folded: string): boolean => BETWEEN.test(folded);
export const isFiller = (folded: string): boolean => FILLER.test(folded);
export const isSaidOfKeys = (folded: string): boolean => SAID_OF.test(folded);

/** Most words: without quotes, marks and accents. */
export const PLAIN_WORD = /^[A-Za-z0-9]+$/;

/** Lower case, without accents; words that are too long to be one of these stay as they are. */
export function fold(word: string): string {
  if (PLAIN_WORD.test(word)) return word.length > 40 ? word : word.toLowerCase();
  return word.length > 40 ? word : word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss");
}
