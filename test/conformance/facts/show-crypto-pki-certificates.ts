import type { Certificate, DeviceTime } from "../../../src/domain/readings/certificate.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { type JsonObject, objectAt, objectsIn } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/**
 * genie: `trustpoints.<name>.associated_trustpoints.<certificate or ca_certificate>`, with "verbose"
 * `certificates.<certificate or ca_certificate>`, which has its trust points below it.
 */
export const showCryptoPkiCertificates: Mapping = {
  command: "show crypto pki certificates",
  folders: /^show_crypto_pki_certificates(?:_TRUSTPOINT_NAME|_verbose_TRUSTPOINT)?$/,
  facts(facts, { expected }, read) {
    const own = readingsOf(read, "certificates").flatMap((reading) => reading.certificates);
    const all = objectsIn(objectAt(expected, "certificates"));
    for (const [name, { associated_trustpoints: below = {} }] of objectsIn(objectAt(expected, "trustpoints")))
      for (const [use, certificate] of objectsIn(below)) all.push([use, { ...certificate, trustpoints: name }]);
    facts.add("certificates", all.length, own.length);
    for (const [index, [use, certificate]] of all.entries())
      compareCertificate(facts, `${index + 1}.${use}`, use === "certificate" ? "own" : "ca", certificate, own[index]);
  },
};

function compareCertificate(
  facts: Facts,
  at: string,
  use: Certificate["use"],
  { status, validity_date: dates, trustpoints, ...rest }: JsonObject,
  own: Certificate | undefined,
): void {
  facts.add(`${at}.use`, use, own?.use);
  facts.add(`${at}.status`, status, own?.status);
  facts.record(`${at}.dates`, objectAt(dates), {
    start_date: timeText(own?.notBefore),
    end_date: timeText(own?.notAfter),
    renew_date: NOT_KEPT,
  });
  facts.add(`${at}.trust_points`, trustpoints, own?.trustPoints.join(" "));
  // The subject, the issuer, the key and the extensions.
  facts.skip(rest);
}

/** "00:34:52 UTC Nov 20 2015", as the device prints it. */
function timeText(time: DeviceTime | undefined): string | undefined {
  if (time === undefined) return undefined;
  const [, day = "", month, year, clock] = new Date(time.wallSeconds * 1000).toUTCString().split(" ");
  return `${clock} ${time.zone} ${month} ${Number(day)} ${year}`;
}
