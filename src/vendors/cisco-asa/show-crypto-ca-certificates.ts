/** `show crypto ca certificates`: as IOS shows certificates, with other names for a few fields. */
import type { Command } from "../../domain/output.ts";
import { showCryptoPkiCertificates } from "../cisco-ios/show-crypto-pki-certificates.ts";

export const showCryptoCaCertificates: Command = {
  run: "show crypto ca certificates [TRUSTPOINT]",
  looksLike: [...showCryptoPkiCertificates.looksLike, /^\s{1,8}Public Key Type: /],
  mayStartWith: [...(showCryptoPkiCertificates.mayStartWith ?? [])],
  parse: showCryptoPkiCertificates.parse,
};
