import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { defineConfig } from "hardhat/config";
import type { ConfigHooks } from "hardhat/types/hooks";
import type { HardhatPlugin } from "hardhat/types/plugins";

// The compiler comes from npm with everything else, so a build needs the package registry and nothing more.
const compiler = fileURLToPath(new URL("./node_modules/solc/soljson.js", import.meta.url));

// The contracts are optimised for gas. Their tests deploy them from their artifacts, and only have to compile soon: without the
// optimiser's steps, except the one that frees the stack, that takes a fraction of the time.
const steps = { yul: true, yulDetails: { stackAllocation: true, optimizerSteps: "u" } };
const settingsOfTests = { evmVersion: "prague", viaIR: true, optimizer: { enabled: false, details: steps } };
const test = fileURLToPath(new URL("./test", import.meta.url));
const tests = readdirSync(test, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".sol"));

// Hardhat compiles together what shares one settings object, and makes an object per overridden file. Two for all tests make their
// compilation two runs instead of one each, in which every contract is compiled again; one run for all needs more memory than the
// compiler can address.
const runOf = (file: string): string => (/^test\/(default|attacks)\//.test(file) ? "defaults and attacks" : "all else");

const compileTestsTogether: HardhatPlugin = {
  id: "compile-tests-together",
  hookHandlers: {
    config: async () => ({
      default: async (): Promise<Partial<ConfigHooks>> => ({
        resolveUserConfig: async (userConfig, resolveVariable, next) => {
          const config = await next(userConfig, resolveVariable);
          for (const { overrides } of Object.values(config.solidity.profiles)) {
            const shared = new Map(Object.entries(overrides).map(([file, settings]) => [runOf(file), settings]));
            for (const file of Object.keys(overrides)) overrides[file] = shared.get(runOf(file))!;
          }
          return config;
        },
      }),
    }),
  },
};

export default defineConfig({
  plugins: [compileTestsTogether],
  paths: {
    // mocks: tokens, feeds and a wallet for tests and the local chain; nothing in src imports them.
    sources: ["./src", "./mocks"],
    tests: { solidity: "./test" },
    artifacts: "./artifacts",
    cache: "./cache",
  },
  solidity: {
    compilers: [
      {
        version: "0.8.37",
        path: compiler,
        settings: { evmVersion: "prague", viaIR: true, optimizer: { enabled: true, runs: 1_000 } },
      },
    ],
    overrides: Object.fromEntries(tests.map((file) => [`test/${file}`, { version: "0.8.37", path: compiler, settings: settingsOfTests }])),
  },
  test: {
    solidity: {
      fsPermissions: { readDirectory: ["test/vectors"] },
      fuzz: { runs: 256, seed: "0x52696e6766656e6365" },
      invariant: { runs: 32, depth: 64, failOnRevert: false },
    },
  },
});
