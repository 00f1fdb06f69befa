/**
 * Builds the package it is started in. A process of its own, and one that ends with the one that started it: left behind, it would go
 * on writing into a workspace that the next run makes again.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

process.on("disconnect", () => process.exit(1));
const { default: hre } = await import(pathToFileURL(join(process.cwd(), "node_modules/hardhat/dist/src/index.js")).href);
await hre.tasks.getTask("build").run({ quiet: true });
process.exit();
