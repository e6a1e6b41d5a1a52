/**
 * Property tests draw the same inputs at every run, so that a check says something about the change, not about luck.
 * `FC_SEED=random npm test` draws new ones; what it finds becomes a test of its own.
 */
import fc from "fast-check";

const SEED = 20_261_127;
const given = process.env["FC_SEED"];
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: given === undefined ? SEED : given === "random" ? Date.now() : Number(given),
});
