/**
 * A process of its own that keeps one build in memory and runs its Solidity tests as often as it is asked to, suite by suite, with
 * one mutant active. Hardhat's own task would load the build again for every run; the functions it is made of are used instead.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { NONE_ACTIVE } from "./instrument.ts";

/** Gas and size are not compared under mutation: choices cost some of both. */
const MEASURES_CODE = "_gas(Among|Per)[A-Z]|_gas\\b|_fitsTheLimit";

export interface Order {
  mutant: number;
  suites: string[];
  /** All suites to the end, instead of up to the first failure. */
  all: boolean;
}

export type Report =
  | { type: "ready"; suites: string[] }
  | { type: "suite"; suite: string; seconds: number; tests: number; failures: string[] }
  | { type: "done" }
  | { type: "broken"; why: string };

const root = process.cwd();
const internal = (path: string): Promise<any> => import(pathToFileURL(join(root, "node_modules/hardhat/dist/src/internal", path)).href);
const coinbaseFor = (mutant: number): string => `0x${(NONE_ACTIVE + mutant).toString(16).padStart(40, "0")}`;
const report = (message: Report): void => void process.send!(message);

process.on("disconnect", () => process.exit());
try {
  const { default: hre } = await import(pathToFileURL(join(root, "node_modules/hardhat/dist/src/index.js")).href);
  const { buildEdrArtifactsWithMetadata } = await internal("builtin-plugins/solidity-test/edr-artifacts.js");
  const { isTestSuiteArtifact, solidityTestConfigToSolidityTestRunnerConfigArgs } = await internal(
    "builtin-plugins/solidity-test/helpers.js",
  );
  const context = await (await internal("edr/context.js")).getGlobalEdrContext();
  const built: any[] = await buildEdrArtifactsWithMetadata(hre.artifacts);
  const artifacts = built.map(({ edrArtifact }) => edrArtifact);
  const isTest = ({ userSourceName, edrArtifact }: any): boolean => userSourceName.startsWith("test/") && isTestSuiteArtifact(edrArtifact);
  const suites = new Map(built.filter(isTest).map((suite) => [`${suite.userSourceName}:${suite.edrArtifact.id.name}`, suite]));
  const { eip712Types: _, ...profile } = hre.config.test.solidity.profiles.default;

  const run = async (name: string, mutant: number): Promise<Extract<Report, { type: "suite" }>> => {
    const { userSourceName, edrArtifact } = suites.get(name);
    const settings = await solidityTestConfigToSolidityTestRunnerConfigArgs({
      chainType: "l1",
      projectRoot: root,
      // One counterexample is enough; making it short takes minutes.
      config: { ...profile, invariant: { ...profile.invariant, shrinkRunLimit: 0 }, coinbase: coinbaseFor(mutant) },
      verbosity: 0,
      excludeTestPattern: MEASURES_CODE,
      generateGasReport: false,
      testSourcePaths: { [edrArtifact.id.source]: join(root, userSourceName) },
      testProfile: "default",
      declaredTestProfiles: ["default"],
    });
    const before = performance.now();
    const tests: any[] = await new Promise((resolve, reject) => {
      const tracing = { buildInfos: [], ignoreContracts: true };
      const completed = (result: any): void => resolve(result.testResults);
      context.runSolidityTests("L1", artifacts, [edrArtifact.id], settings, tracing, completed).catch(reject);
    });
    const failures = tests.filter(({ status }) => status === "Failure").map((test) => test.name.replace(/\(.*/, ""));
    return { type: "suite", suite: name, seconds: (performance.now() - before) / 1000, tests: tests.length, failures };
  };

  process.on("message", async ({ mutant, suites: wanted, all }: Order) => {
    try {
      for (const suite of wanted) {
        const result = await run(suite, mutant);
        report(result);
        if (result.failures.length > 0 && !all) break;
      }
      report({ type: "done" });
    } catch (error) {
      report({ type: "broken", why: String(error) });
    }
  });
  report({ type: "ready", suites: [...suites.keys()] });
} catch (error) {
  report({ type: "broken", why: String(error) });
}
