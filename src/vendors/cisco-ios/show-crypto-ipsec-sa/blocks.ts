/** What `show crypto ipsec sa` nests: interface and crypto map above proxy identities, those above their SAs. */
import type { IpsecFlow, IpsecSa } from "../../../domain/readings/ipsec.ts";
import { type CounterName, type CountersDraft, emptyCounters, isDetailCounter } from "./counters.ts";
import { createFieldMemory, type FieldMemory } from "./fields.ts";
import { createFlowLines, type FlowLines } from "./flow-lines.ts";

type Draft<T> = { -readonly [Field in keyof T]: T[Field] };
export type SaDraft = Draft<IpsecSa>;
export interface FlowDraft extends Omit<Draft<IpsecFlow>, "counters" | "at" | "sas"> {
  counters: CountersDraft;
  at: FlowLines;
  sas: SaDraft[];
}
export interface Section {
  readonly direction: IpsecSa["direction"];
  readonly protocol: IpsecSa["protocol"];
}

/** What has been read so far of one output. */
export interface Blocks {
  readonly flows: IpsecFlow[];
  readonly memory: FieldMemory;
  /** A counter was seen that only the detailed form has. */
  detail: boolean;
  /** These hold for every identity below them. */
  interface: string | undefined;
  interfaceLine: number;
  mapTag: string | undefined;
  localAddress: string | undefined;
  mapTagLine: number;
  /** Where we are. */
  flow: FlowDraft | undefined;
  section: Section | undefined;
  sa: SaDraft | undefined;
  /** A counter whose number was wrapped to the next line. */
  pending: CounterName | undefined;
  /** The line before, where it was long enough to have been cut by the terminal. */
  cut: string | undefined;
}

export function createBlocks(): Blocks {
  return {
    flows: [],
    memory: createFieldMemory(),
    detail: false,
    interface: undefined,
    interfaceLine: 0,
    mapTag: undefined,
    localAddress: undefined,
    mapTagLine: 0,
    flow: undefined,
    section: undefined,
    sa: undefined,
    pending: undefined,
    cut: undefined,
  };
}

/** Begins a proxy identity at this line, under the interface and crypto map read last. */
export function openFlow(blocks: Blocks, line: number): FlowDraft {
  closeFlow(blocks);
  const at = createFlowLines();
  if (blocks.interface !== undefined) at.interface = blocks.interfaceLine;
  if (blocks.mapTagLine !== 0) at.mapTag = blocks.mapTagLine;
  if (blocks.localAddress !== undefined) at.localAddress = blocks.mapTagLine;
  const flow: FlowDraft = {
    line,
    interface: blocks.interface,
    mapTag: blocks.mapTag,
    localAddress: blocks.localAddress,
    vrf: undefined,
    localIdent: undefined,
    remoteIdent: undefined,
    peer: undefined,
    peerPort: undefined,
    permit: undefined,
    flags: [],
    counters: emptyCounters(),
    localEndpoint: undefined,
    remoteEndpoint: undefined,
    pathMtu: undefined,
    ipMtu: undefined,
    plaintextMtu: undefined,
    outboundSpi: undefined,
    pfs: undefined,
    pfsGroup: undefined,
    sas: [],
    at,
  };
  blocks.flow = flow;
  blocks.flows.push(flow as IpsecFlow);
  return flow;
}

/** Ends the proxy identity being read, if any. */
export function closeFlow(blocks: Blocks): void {
  blocks.flow = undefined;
  blocks.section = undefined;
  blocks.sa = undefined;
}

/** Keeps a counter; one that comes again belongs to the next identity, whose head was filtered or cut away. */
export function storeCounter(blocks: Blocks, name: CounterName, count: number, line: number): void {
  let flow = blocks.flow;
  if (flow === undefined || flow.counters[name] !== undefined) flow = openFlow(blocks, line);
  flow.counters[name] = count;
  flow.at[name] = line;
  if (isDetailCounter(name)) blocks.detail = true;
}

/** Begins an SA of the section we are in; undefined where no heading told which that is. */
export function openSa(blocks: Blocks, line: number, spi: string | undefined): SaDraft | undefined {
  blocks.sa = undefined;
  if (blocks.flow === undefined || blocks.section === undefined) return undefined;
  blocks.sa = {
    line,
    direction: blocks.section.direction,
    protocol: blocks.section.protocol,
    spi,
    transform: undefined,
    settings: [],
    mode: undefined,
    udpEncapsulated: undefined,
    connectionId: undefined,
    flowId: undefined,
    secondsLeft: undefined,
    kilobytesLeft: undefined,
    replayDetection: undefined,
    replayWindow: undefined,
    status: undefined,
  };
  blocks.flow.sas.push(blocks.sa);
  return blocks.sa;
}
