import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { artifact } from "../src/artifacts.ts";
import { type Chain, startChain } from "../src/chain.ts";
import { parseOptions } from "../src/options.ts";
import { account } from "../src/roles.ts";
import { Sending } from "./sending.ts";

const alice = account(20);
const bob = account(21);

let chain: Chain;
let deployer: Sending;

before(async () => {
  chain = await startChain(parseOptions(["--interval", "0"], {}));
  deployer = new Sending(chain.rpc, alice);
});

after(() => chain.close());

async function read(source: string, address: string, name: string, ...args: unknown[]): Promise<unknown> {
  const { abi } = artifact(source);
  const data = await chain.rpc.call<string>("eth_call", { to: address, data: abi.encodeFunctionData(name, args) }, "latest");
  return abi.decodeFunctionResult(name, data)[0];
}

test("a blacklisted address neither sends nor receives, the others do", async () => {
  const source = "mocks/BlacklistToken.sol";
  const contract = artifact(source);
  const token = await deployer.create(contract, "Test", "TEST", 6);
  await deployer.call(contract, token, "mint", alice.address, 10);
  await deployer.call(contract, token, "setBlacklisted", bob.address, true);
  await assert.rejects(deployer.call(contract, token, "transfer", bob.address, 1), new RegExp(`Blacklisted\\(${bob.address}\\)`));
  await deployer.call(contract, token, "setBlacklisted", bob.address, false);
  await deployer.call(contract, token, "transfer", bob.address, 1);
  assert.equal(await read(source, token, "balanceOf", bob.address), 1n);
  await deployer.call(contract, token, "setBlacklisted", alice.address, true);
  await assert.rejects(deployer.call(contract, token, "transfer", bob.address, 1), /Blacklisted/);
});

test("the token without return values moves money and answers nothing", async () => {
  const source = "mocks/NoReturnToken.sol";
  const contract = artifact(source);
  const token = await deployer.create(contract, "Test", "TEST", 6);
  await deployer.call(contract, token, "mint", alice.address, 10);
  const data = contract.abi.encodeFunctionData("transfer", [bob.address, 4]);
  assert.equal(await chain.rpc.call("eth_call", { from: alice.address, to: token, data }, "latest"), "0x");
  await deployer.call(contract, token, "transfer", bob.address, 4);
  assert.equal(await read(source, token, "balanceOf", bob.address), 4n);
  await assert.rejects(deployer.call(contract, token, "transfer", bob.address, 7), /InsufficientBalance/);
  await assert.rejects(deployer.call(contract, token, "transferFrom", bob.address, alice.address, 1), /InsufficientAllowance/);
  await deployer.call(contract, token, "approve", bob.address, 2);
  await assert.rejects(deployer.call(contract, token, "approve", bob.address, 3), /AllowanceNotZero/);
});

test("a feed answers what its owner says, and nobody else may say it", async () => {
  const contract = artifact("mocks/TestFeed.sol");
  const feed = await deployer.create(contract, "BTC / USD", 8);
  await assert.rejects(read("mocks/TestFeed.sol", feed, "latestRoundData"), /revert/);
  await deployer.call(contract, feed, "set", -5, 7);
  await deployer.call(contract, feed, "set", 0, 9);
  const data = contract.abi.encodeFunctionData("latestRoundData");
  const round = contract.abi.decodeFunctionResult("latestRoundData", await chain.rpc.call("eth_call", { to: feed, data }, "latest"));
  assert.deepEqual([...round], [2n, 0n, 9n, 9n, 2n]);
  const stranger = new Sending(chain.rpc, bob);
  await assert.rejects(stranger.call(contract, feed, "set", 1, 1), /OwnableUnauthorizedAccount/);
});

test("the contract wallet signs by its owner's key, calls for its owner, and for nobody else", async () => {
  const source = "mocks/TestContractWallet.sol";
  const contract = artifact(source);
  const wallet = await deployer.create(contract, alice.address);
  const digest = `0x${"12".repeat(32)}`;
  const valid = "0x1626ba7e";
  assert.equal(await read(source, wallet, "isValidSignature", digest, alice.signingKey.sign(digest).serialized), valid);
  assert.equal(await read(source, wallet, "isValidSignature", digest, bob.signingKey.sign(digest).serialized), "0xffffffff");
  assert.equal(await read(source, wallet, "isValidSignature", digest, "0x00"), "0xffffffff");

  const token = await deployer.create(artifact("mocks/TestToken.sol"), "Test", "TEST", 18);
  await deployer.call(artifact("mocks/TestToken.sol"), token, "mint", wallet, 5);
  const transfer = (amount: number) => artifact("mocks/TestToken.sol").abi.encodeFunctionData("transfer", [bob.address, amount]);
  await deployer.call(contract, wallet, "execute", token, transfer(5));
  assert.equal(await read("mocks/TestToken.sol", token, "balanceOf", bob.address), 5n);
  await assert.rejects(deployer.call(contract, wallet, "execute", token, transfer(1)), /TestContractWallet/);
  const stranger = new Sending(chain.rpc, account(22));
  await assert.rejects(stranger.call(contract, wallet, "execute", token, transfer(0)), /OwnableUnauthorizedAccount/);
});
