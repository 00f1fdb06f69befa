import { fileURLToPath } from "node:url";

import { defineConfig } from "hardhat/config";

const path = fileURLToPath(new URL("./node_modules/solc/soljson.js", import.meta.url));

export default defineConfig({
  paths: { sources: "./src", tests: { solidity: "./test" } },
  solidity: { compilers: [{ version: "0.8.37", path, settings: { evmVersion: "prague", viaIR: true } }] },
});
