/** AWS's names of algorithms in ours (EC2 API reference, VpnTunnelOptionsSpecification). */

/** "AES128", "AES256-GCM-16". */
export function encryptionOf(value: string): string {
  const [, bits, gcm] = /^AES(128|256)(-GCM-16)?$/i.exec(value) ?? [];
  if (bits === undefined) return value.toLowerCase();
  return gcm === undefined ? `aes-${bits}` : `aes-gcm-${bits}`;
}

/** "SHA1", "SHA2-256". */
export function integrityOf(value: string): string {
  return value.toLowerCase().replace(/^sha2-/, "sha");
}
