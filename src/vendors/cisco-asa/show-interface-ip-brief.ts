/** `show interface ip brief`: the table that IOS calls `show ip interface brief`, with the hardware's names. */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import { showIpInterfaceBrief } from "../cisco-ios/show-ip-interface-brief.ts";

export const showInterfaceIpBrief: Command = {
  ...showIpInterfaceBrief,
  run: "show interface ip brief",
  looksLike: [
    ...showIpInterfaceBrief.looksLike,
    /^\s{0,20}[A-Z][A-Za-z-]{1,40}\d[\d/.]{0,12} {1,40}\S{7,15} {1,20}YES {1,20}CONFIG {1,6}(?:up|down|admin)/,
    /^\s{0,20}(?:Internal-(?:Data|Control)|Management)\d[\d/.]{0,12} {1,40}\S{7,15} {1,20}YES /,
  ],
  parse(output: Output): Parsed {
    return showIpInterfaceBrief.parse(
      { ...output, command: output.command.replace("interface ip", "ip interface") },
      { signatures: [] },
    );
  },
};
