/**
 * Questions that compare the two ends, or that an end answers from its own configuration. All are pure functions of the
 * tunnel; "not known" unless the text proves an answer. Those of one end also come as `local-NAME` and `remote-NAME`.
 */
import type { Question } from "../answer.ts";
import { ACL_HIT_COMPARISONS } from "./acl-hits.ts";
import { AUTH_METHOD_COMPARISONS } from "./auth-methods.ts";
import { CRYPTO_ACL_COMPARISONS } from "./crypto-acls.ts";
import { CRYPTO_MAP_COMPARISONS } from "./crypto-map.ts";
import { DECRYPTED_FILTER_COMPARISONS } from "./decrypted-filters.ts";
import { ZONE_COMPARISONS } from "./firewall-zones.ts";
import { IDENTITY_COMPARISONS } from "./identities.ts";
import { IKE_IDENTITY_COMPARISONS } from "./ike-identity.ts";
import { IKE_POLICY_COMPARISONS } from "./ike-policies.ts";
import { INTERFACE_ACL_COMPARISONS } from "./interface-acl.ts";
import { KEY_COMPARISONS } from "./keys.ts";
import { MAP_ATTRIBUTE_COMPARISONS } from "./map-attributes.ts";
import { MAP_ORDER_COMPARISONS } from "./map-order.ts";
import { NAT_COMPARISONS } from "./nat.ts";
import { NAT_HIT_COMPARISONS } from "./nat-hits.ts";
import { OVERLAP_COMPARISONS } from "./overlap.ts";
import { PEER_ROUTE_COMPARISONS } from "./peer-route.ts";
import { PEER_COMPARISONS } from "./peers.ts";
import { ROLE_COMPARISONS } from "./roles.ts";
import { ROUTE_COMPARISONS } from "./routes.ts";
import { SA_COMPARISONS } from "./sas.ts";
import { SECURITY_POLICY_COMPARISONS } from "./security-policies.ts";
import { TRANSFORM_COMPARISONS } from "./transform-sets.ts";
import { TUNNEL_BINDING_COMPARISONS } from "./tunnel-bindings.ts";
import { TUNNEL_ROUTE_COMPARISONS } from "./tunnel-interface-route.ts";
import { TUNNEL_INTERFACE_COMPARISONS } from "./tunnel-interfaces.ts";
import { DEFAULT_COMPARISONS } from "./unwritten-defaults.ts";
import { VPC_COMPARISONS } from "./vpc.ts";
import { WEAK_CRYPTO_COMPARISONS } from "./weak-crypto.ts";

export const COMPARISONS: Readonly<Record<string, Question>> = {
  ...IKE_POLICY_COMPARISONS,
  ...AUTH_METHOD_COMPARISONS,
  ...KEY_COMPARISONS,
  ...TRANSFORM_COMPARISONS,
  ...MAP_ATTRIBUTE_COMPARISONS,
  ...CRYPTO_ACL_COMPARISONS,
  ...ACL_HIT_COMPARISONS,
  ...PEER_COMPARISONS,
  ...TUNNEL_INTERFACE_COMPARISONS,
  ...TUNNEL_BINDING_COMPARISONS,
  ...TUNNEL_ROUTE_COMPARISONS,
  ...PEER_ROUTE_COMPARISONS,
  ...CRYPTO_MAP_COMPARISONS,
  ...MAP_ORDER_COMPARISONS,
  ...IKE_IDENTITY_COMPARISONS,
  ...IDENTITY_COMPARISONS,
  ...ROUTE_COMPARISONS,
  ...ROLE_COMPARISONS,
  ...NAT_COMPARISONS,
  ...NAT_HIT_COMPARISONS,
  ...INTERFACE_ACL_COMPARISONS,
  ...DECRYPTED_FILTER_COMPARISONS,
  ...ZONE_COMPARISONS,
  ...SECURITY_POLICY_COMPARISONS,
  ...VPC_COMPARISONS,
  ...OVERLAP_COMPARISONS,
  ...SA_COMPARISONS,
  ...DEFAULT_COMPARISONS,
  ...WEAK_CRYPTO_COMPARISONS,
};
