/** How a connection authenticates, in the vocabulary of src/domain/crypto.ts. */

/** "pre-shared key", "public key", "ECDSA signature", "EAP_MSCHAPV2"; in configurations "psk", "pubkey", "rsa-2048", "eap". */
export function authMethod(text: string): string {
  const word = text.trim().toLowerCase();
  if (word === "pre-shared key" || word === "psk" || word === "secret") return "psk";
  if (/^(?:ecdsa|ed25519|ed448)/.test(word)) return "ecdsa-sig";
  if (/^(?:public key|pubkey|rsa|rsasig|any|pubkey-)/.test(word)) return "rsa-sig";
  if (word.startsWith("eap")) return "eap";
  if (word.startsWith("xauth")) return "xauth";
  return word.replaceAll(" ", "-");
}
