/** AWS's names of algorithms in ours (EC2 API reference, VpnTunnelOptionsSpecification). */

/** Options that every command of the AWS CLI takes, and those by which its answers are narrowed. */
export const CLI_OPTIONS =
  "[--filters FILTER] [--region REGION] [--profile PROFILE] [--output FORM] [--query QUERY] [--max-items NUMBER]";

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
