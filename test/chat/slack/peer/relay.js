/**
 * Runs inside a network namespace of its own, with the peer, which would listen on all interfaces: nobody outside reaches
 * it, and it reaches nobody. Two Unix sockets lead in and out. Ends when its standard input does.
 */
import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";

const [, , inside, outside, peerPort, botPort, binary, ...parameters] = process.argv;

createServer((from) => join(from, connect(Number(peerPort), "127.0.0.1"))).listen(inside);
createServer((from) => join(from, connect(outside))).listen(Number(botPort), "127.0.0.1");

function join(one, other) {
  one.pipe(other).pipe(one);
  for (const [end, far] of [
    [one, other],
    [other, one],
  ])
    end.on("error", () => far.destroy());
}

const peer = spawn(binary, parameters, { stdio: "ignore" });
peer.on("exit", () => process.exit(1));
process.stdin.resume();
process.stdin.on("end", () => {
  peer.kill("SIGKILL");
  process.exit(0);
});
process.on("exit", () => peer.kill("SIGKILL"));
