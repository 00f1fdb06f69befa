import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const ATTACKS = 33;

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(ending));

const document = (name: string): string => readFileSync(`${root}docs/${name}`, "utf8");

// What stands in backticks and looks like a test: of Solidity a function or a file, of Java a class.
const named = (text: string): string[] => [
  ...new Set([...text.matchAll(/`((?:test|testFuzz|invariant)_\w+|\w+\.t\.sol|[A-Z]\w*Test)`/g)].map(([, name]) => name as string)),
];

const solidity = filesOf("contracts/test", ".t.sol");
const functions = solidity.flatMap((file) =>
  [...readFileSync(`${root}contracts/test/${file}`, "utf8").matchAll(/function (\w+)\(/g)].map(([, name]) => name as string),
);
const java = filesOf("offchain-service", "Test.java").filter((file) => file.includes("src/"));
const sources = new Set([
  ...functions,
  ...[...solidity, ...java].map((file) =>
    file
      .split("/")
      .at(-1)
      ?.replace(/\.java$/, ""),
  ),
]);

for (const name of ["attacks.md", "threat-model.md"]) {
  test(`every test that ${name} names is in the sources`, () => {
    const names = named(document(name));
    assert.ok(names.length > 0);
    assert.deepEqual(
      names.filter((test) => !sources.has(test)),
      [],
    );
  });
}

test("every attack has a row, and a test of its own", () => {
  const rows = document("attacks.md")
    .split("\n")
    .filter((line) => /^\| \d/.test(line));
  assert.deepEqual(
    rows.map((row) => Number(row.split(" ")[1])),
    Array.from({ length: ATTACKS }, (_, i) => i + 1),
  );
  for (const row of rows) assert.notEqual(named(row).length, 0, row);
});
