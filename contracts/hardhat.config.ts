import { fileURLToPath } from "node:url";

import { defineConfig } from "hardhat/config";

// The compiler comes from npm with everything else, so a build needs the package registry and nothing more.
const compiler = fileURLToPath(new URL("./node_modules/solc/soljson.js", import.meta.url));

export default defineConfig({
  paths: {
    // mocks: tokens, feeds and a wallet for tests and the local chain; nothing in src imports them.
    sources: ["./src", "./mocks"],
    tests: { solidity: "./test" },
    artifacts: "./artifacts",
    cache: "./cache",
  },
  solidity: {
    version: "0.8.37",
    path: compiler,
    settings: {
      evmVersion: "prague",
      viaIR: true,
      optimizer: { enabled: true, runs: 1_000 },
    },
  },
  test: {
    solidity: {
      fsPermissions: { readDirectory: ["test/vectors"] },
      fuzz: { runs: 256, seed: "0x52696e6766656e6365" },
      invariant: { runs: 32, depth: 64, failOnRevert: false },
    },
  },
});
