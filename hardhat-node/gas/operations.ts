import { MaxUint256 } from "ethers";

import { artifact } from "../src/artifacts.ts";
import { Tree } from "./tree.ts";
import { RANGE, UNIT, Venue, wallet } from "./venue.ts";
import type { Receipt } from "./world.ts";

/** Accounts that single operations are measured on: all have USDC, `CLIENT`, `DEBTOR` and `EARLIER` WBTC as well. */
const CLIENT = RANGE + 1;
const DEBTOR = RANGE + 2;
/** Whoever was in the same place before, where what is measured is not the first of its kind. */
const EARLIER = RANGE + 3;
const SATOSHIS = 100_000_000n;

/**
 * What each operation costs. Every one is measured on the same state, set up for it and put back; before that, `look` is told its name, and
 * its transaction is the newest.
 */
export async function measure(
  venue: Venue,
  look: (name: string, used: number) => Promise<void> = async () => {},
): Promise<Record<string, number>> {
  const { world } = venue;
  const client = venue.accounts[CLIENT] as string;
  const receiver = wallet(20).address;
  await venue.mint(0, receiver, UNIT);
  for (const index of [CLIENT, DEBTOR, EARLIER]) await venue.mint(1, venue.accounts[index] as string, SATOSHIS);
  const usdc = venue.tokens[0] as string;
  const results: Record<string, number> = {};
  const note = async (name: string, what: () => Promise<number>): Promise<void> => {
    results[name] = await world.aside(async () => {
      const { header, previous, leaves, tree } = venue;
      const kept = [...leaves];
      try {
        const used = await what();
        await look(name, used);
        return used;
      } catch (failure) {
        throw new Error(`${name}: ${String(failure)}`, { cause: failure });
      } finally {
        Object.assign(venue, { header, previous, leaves: kept, tree });
      }
    });
  };

  await note("deposit", async () => gas(await world.call(venue.erc20, usdc, "transfer", client, UNIT)));
  await note("openAccount", async () => gas(await venue.call("open", venue.owner.address, 123_456)));
  await note("withdrawFree", async () => {
    await venue.call("open", venue.owner.address, 123_456);
    const free = (await world.read(venue.abi, venue.vault, "predict", venue.owner.address, 123_456))[0] as string;
    await venue.mint(0, free, 10n * UNIT);
    return gas(await venue.callAs(venue.owner.address, "withdraw", free, usdc, UNIT, receiver));
  });
  await note("withdrawWithConsent", async () => {
    const deadline = (await world.now()) + 600;
    const consent = { account: client, venue: 1, index: CLIENT, token: usdc, amount: UNIT, to: receiver, nonce: 0, deadline };
    const signature = venue.sign(venue.key, "Consent", consent);
    return gas(await venue.callAs(venue.owner.address, "withdrawWithConsent", client, usdc, UNIT, receiver, deadline, signature));
  });
  await note("finaliseWithdrawal20", async () => {
    await venue.callAs(venue.owner.address, "requestWithdrawal", client, usdc, UNIT, receiver);
    venue.setLeaf(CLIENT, { debit: 500n * UNIT, initialMargin: 1_000n * UNIT, maintenanceMargin: 800n * UNIT });
    await venue.post();
    return gas(await venue.call("finaliseWithdrawal", usdc, venue.proof(CLIENT)));
  });
  await note("verifyInclusion20", () => inclusion(venue));
  await note("postRoot", () => venue.post().then(gas));
  await note("callMargin20", async () => {
    await cured(venue);
    return gas(await call(venue));
  });
  await note("callMarginFirst20", async () => gas(await call(venue)));
  await note("declareDefault", async () => gas(await declare(venue)));
  await note("takeFirst", () => take(venue, 1));
  await note("takeRepeat", () => take(venue, 2));
  await note("resolveThreeTiers", () => resolve(venue));
  await note("settleDebitPerAccount256", () => settle(venue, (index) => ({ debit: BigInt(1_000 + index) * UNIT })));
  await note("settleCreditPerAccount256", () => settle(venue, (index) => ({ credit: BigInt(100 + index) * UNIT })));
  await note("startExit20", async () => {
    await venue.callAs(venue.owner.address, "requestRelease", client);
    venue.setLeaf(CLIENT, { debit: 500n * UNIT });
    await venue.post();
    await world.advance(3_601);
    return gas(await venue.callAs(venue.owner.address, "startExitWithProof", venue.proof(CLIENT)));
  });
  await note("port20", () => port(venue));
  return results;
}

/** To a second venue that has an account already, with the first one's consent; what the account owes is paid on the way. */
async function port(venue: Venue): Promise<number> {
  const account = venue.accounts[CLIENT] as string;
  await venue.register();
  await venue.openAndPledge(EARLIER, 2);
  venue.setLeaf(CLIENT, { debit: 500n * UNIT });
  await venue.post();
  const nonce = (await venue.world.read(venue.abi, venue.vault, "pledges", account))[0] as bigint;
  const deadline = (await venue.world.now()) + 600;
  const terms = { account, venue: 2, policyVersion: 1, debitCap: 1_000_000n * UNIT, nonce, deadline };
  const consent = { account, venue: 1, index: CLIENT, epoch: venue.header.epoch, newVenue: 2, deadline };
  const signatures = [
    venue.sign(venue.owner, "Pledge", terms),
    venue.sign(venue.key, "Pledge", terms),
    venue.sign(venue.key, "PortConsent", consent),
  ];
  return gas(await venue.call("port", venue.proof(CLIENT), terms, ...signatures));
}

function gas(receipt: Receipt): number {
  if (receipt.status !== "0x1") throw new Error("the measured transaction failed");
  return Number(receipt.gasUsed);
}

/** Execution of the check alone: the arguments are in memory's reach, and no header is read. */
async function inclusion(venue: Venue): Promise<number> {
  const { abi } = artifact("mocks/SumTreeHarness.sol");
  const harness = await venue.world.create("mocks/SumTreeHarness.sol");
  const { root } = venue.tree;
  const args = [venue.leaves[CLIENT], 2 ** Tree.DEPTH, venue.tree.siblings(CLIENT), root.hash, root.credit, root.debit];
  return Number((await venue.world.read(abi, harness, "gasOfInclusion", ...args))[0]);
}

async function call(venue: Venue, index = DEBTOR): Promise<Receipt> {
  venue.setLeaf(index, { debit: 75_000n * UNIT, initialMargin: 9_000n * UNIT, maintenanceMargin: 7_000n * UNIT });
  await venue.post();
  return venue.call("callMargin", venue.proof(index));
}

/** A call before, which a later root ended. */
async function cured(venue: Venue): Promise<void> {
  await call(venue);
  venue.setLeaf(DEBTOR, { debit: 0n, initialMargin: 0n, maintenanceMargin: 0n });
  await venue.post();
  gas(await venue.call("cure", venue.proof(DEBTOR)));
}

async function declare(venue: Venue, index = DEBTOR): Promise<Receipt> {
  await call(venue, index);
  await venue.world.advance(1_801);
  await venue.post();
  return venue.call("declareDefault", venue.proof(index), venue.tokens[1]);
}

/** The nth of equal partial takes, by a taker that holds none of the collateral before the first. */
async function take(venue: Venue, times: number): Promise<number> {
  await declare(venue);
  const { world } = venue;
  const taker = wallet(21).address;
  await venue.mint(0, taker, 1_000_000n * UNIT);
  const approve = venue.erc20.encodeFunctionData("approve", [venue.vault, MaxUint256]);
  await world.send(venue.tokens[0] as string, approve, await world.as(taker));
  const lot = (await world.read(venue.abi, venue.vault, "lotFor", venue.accounts[DEBTOR], venue.tokens[1]))[0];
  await world.advance(300);
  let used = 0;
  for (let i = 0; i < times; i++) used = gas(await venue.callAs(taker, "take", lot, SATOSHIS / 10n, MaxUint256, taker, "0x"));
  return used;
}

/** A loss beyond the account, the venue's tranche and the members' cap, with everything sold: the drawing alone. The declarer is still owed
 * a reward for an earlier one. */
async function resolve(venue: Venue): Promise<number> {
  await drawOnTheFund(venue, EARLIER);
  venue.setLeaf(EARLIER, { debit: 0n, initialMargin: 0n, maintenanceMargin: 0n });
  return gas(await drawOnTheFund(venue, DEBTOR));
}

async function drawOnTheFund(venue: Venue, index: number): Promise<Receipt> {
  const { world } = venue;
  const account = venue.accounts[index] as string;
  const fund = artifact("src/default/DefaultFund.sol").abi;
  const usdc = venue.tokens[0] as string;
  await world.call(venue.erc20, usdc, "approve", venue.fund, MaxUint256);
  await world.call(fund, venue.fund, "fundVenueTranche", 1_000n * UNIT);
  const series = (await world.read(fund, venue.fund, "series"))[0] as string;
  await world.call(venue.erc20, usdc, "approve", series, MaxUint256);
  await world.call(artifact("src/default/MemberSeries.sol").abi, series, "deposit", 50_000n * UNIT, world.sender);
  await declare(venue, index);
  await world.advance(300);
  const lot = (await world.read(venue.abi, venue.vault, "lotFor", account, venue.tokens[1]))[0];
  await venue.call("take", lot, SATOSHIS, MaxUint256, world.sender, "0x");
  const finalNet = -90_000n * UNIT;
  const report = { venue: 1, account, index, finalNet, evidence: venue.header.root };
  await venue.call("report", report, venue.sign(venue.key, "CloseOutReport", report), venue.attest("CloseOutReport", report));
  await world.advance(1_801);
  await venue.call("fixLoss", account);
  return venue.call("resolve", account);
}

async function settle(venue: Venue, leaf: (index: number) => { debit?: bigint; credit?: bigint }): Promise<number> {
  for (let index = 0; index < RANGE; index++) venue.setLeaf(index, leaf(index));
  await venue.post();
  await venue.world.advance(1_801);
  const { tree, header } = venue;
  const used = gas(await venue.call("settle", header, 0, tree.packed(0, RANGE - 1), tree.rangeSiblings(0, RANGE - 1)));
  return Math.ceil(used / RANGE);
}
