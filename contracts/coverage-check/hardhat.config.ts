import { defineConfig } from "hardhat/config";

import base from "../hardhat.config.ts";

// Counters are all that a build for coverage is good for: everything is compiled as quickly as the tests are, in one run.
const { version, path, settings } = Object.values((base.solidity as any).overrides)[0] as any;

export default defineConfig({ ...base, plugins: [], solidity: { compilers: [{ version, path, settings }] } });
