import assert from "node:assert/strict";
import { test } from "node:test";

import { statementsOf } from "../statements.ts";

const SOURCE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.0;

contract Box {
    uint256 private _held;

    constructor() {
        _held = 1;
    }

    modifier full() {
        // empty boxes; are refused {
        require(_held != 0);
        _;
    }

    function put(uint256 amount) external full {
        if (amount == 0) return;
        if (amount > 9) {
            _held = this.most{gas: 1}();
        }
    }
}
`;

test("each statement has its line, its function and its text up to its first brace", () => {
  const found = statementsOf("Box.sol", SOURCE).map(({ line, within, text }) => [line, within, text]);
  assert.deepEqual(found, [
    [8, "constructor", "_held = 1;"],
    [13, "full", "require(_held != 0);"],
    [14, "full", "_;"],
    [18, "put", "if (amount == 0) return;"],
    [18, "put", "return;"],
    [19, "put", "if (amount > 9)"],
    [20, "put", "_held = this.most{gas: 1}();"],
  ]);
});

test("no two statements share a tag, and the file's name is in it", () => {
  const tags = (file: string): string[] => statementsOf(file, SOURCE).map(({ tag }) => tag);
  assert.equal(new Set([...tags("Box.sol"), ...tags("Chest.sol")]).size, 14);
});
