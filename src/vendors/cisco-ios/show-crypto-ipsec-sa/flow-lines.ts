/** Where in the paste each field of a proxy identity was printed. */

const NONE = undefined as number | undefined;

/**
 * The lines on which the fields of a proxy identity stand. Every field is there from the start, though no release prints
 * all: adding forty of them one by one took as long as reading them.
 */
export function createFlowLines() {
  return {
    interface: NONE,
    mapTag: NONE,
    localAddress: NONE,
    vrf: NONE,
    localIdent: NONE,
    remoteIdent: NONE,
    peer: NONE,
    permit: NONE,
    encaps: NONE,
    encrypt: NONE,
    digest: NONE,
    decaps: NONE,
    decrypt: NONE,
    verify: NONE,
    compressed: NONE,
    decompressed: NONE,
    sendErrors: NONE,
    recvErrors: NONE,
    noSaSend: NONE,
    invalidSaReceive: NONE,
    encapsFailed: NONE,
    decapsFailed: NONE,
    invalidProtocol: NONE,
    verifyFailed: NONE,
    invalidIdentity: NONE,
    invalidLength: NONE,
    replayRolloverSend: NONE,
    replayRolloverReceive: NONE,
    replayFailed: NONE,
    internalErrorSend: NONE,
    internalErrorReceive: NONE,
    localEndpoint: NONE,
    remoteEndpoint: NONE,
    plaintextMtu: NONE,
    pathMtu: NONE,
    ipMtu: NONE,
    outboundSpi: NONE,
    pfs: NONE,
    inboundEsp: NONE,
    inboundAh: NONE,
    outboundEsp: NONE,
    outboundAh: NONE,
  };
}

export type FlowLines = ReturnType<typeof createFlowLines>;
