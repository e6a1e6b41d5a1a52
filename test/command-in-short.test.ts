import { expect, it } from "vitest";
import { commandInShort } from "../src/speech/command-in-short.ts";

it.each([
  ["show crypto isakmp sa", "show crypto isakmp sa"],
  ["debug crypto condition peer ipv4 203.0.113.40\ndebug crypto ikev2\n", "debug crypto ikev2"],
  [
    "diagnose vpn ike log filter rem-addr4 203.0.113.40\ndiagnose debug console timestamp enable\ndiagnose debug application ike -1\ndiagnose debug enable\n",
    "diagnose debug application ike -1",
  ],
  [
    "show full-configuration vpn ipsec phase1-interface\nshow router static\nshow system interface\n",
    "show full-configuration vpn ipsec phase1-interface …",
  ],
  [
    "execute log filter category event\nexecute log filter field subtype vpn\nexecute log display",
    "execute log display",
  ],
  ["execute ping-options source 10.1.0.1\nexecute ping 10.2.0.1", "execute ping 10.2.0.1"],
  ['/system logging add topics=ipsec,!packet\n/log print where topics~"ipsec"', '/log print where topics~"ipsec"'],
  ["diagnose debug enable", "diagnose debug enable"],
])("of %j a sentence names what tells: %s", (command, short) => {
  expect(commandInShort(command)).toBe(short);
});
