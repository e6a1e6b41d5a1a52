/** The platforms we read; a test compares this list with the folders. */
import type { Vendor } from "../domain/output.ts";
import { aws } from "./aws/index.ts";
import { ciscoAsa } from "./cisco-asa/index.ts";
import { ciscoIos } from "./cisco-ios/index.ts";
import { fortios } from "./fortios/index.ts";
import { junos } from "./junos/index.ts";
import { libreswan } from "./libreswan/index.ts";
import { panos } from "./panos/index.ts";
import { routeros } from "./routeros/index.ts";
import { strongswan } from "./strongswan/index.ts";

export const VENDORS: readonly Vendor[] = [
  ciscoIos,
  ciscoAsa,
  aws,
  strongswan,
  panos,
  routeros,
  junos,
  fortios,
  libreswan,
];
