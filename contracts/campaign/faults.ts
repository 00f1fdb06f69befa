/** A known fault: what to find in a source, once, and what to put there instead. */
export interface Fault {
  file: string;
  find: string;
  put: string;
  /** Why it breaks the invariant. */
  why: string;
}

/** One for each invariant of the design, by its name. */
export const FAULTS: Record<string, Fault> = {
  neverPaysForAnother: {
    file: "src/vault/OwnerDoors.sol",
    find: "    function withdraw(address account, address token, uint256 amount, address to) external alone {\n        address owner = _requireOwner(account);",
    put: "    function withdraw(address account, address token, uint256 amount, address to) external alone {\n        address owner = _ownerOf(account);",
    why: "anybody takes out of an account, by a door that is its owner's only",
  },
  unpledgedIsFree: {
    file: "src/vault/OwnerDoors.sol",
    find: "        if (!free) {",
    put: "        if (!free || _allowances[account].pledges != 0) {",
    why: "what a pledge forbids outlives it: an account that was ever pledged is asked for a policy that it has no more",
  },
  exitAlwaysOpen: {
    file: "src/exit/ExitPayments.sol",
    find: "            if (spent & (1 << i) == 0 && _balance(policy.token(i), account) != 0) revert",
    put: "            if (_balance(policy.token(i), account) != 0) revert",
    why: "an asset that refuses is never out of the exit's way, so a settlement asset gone bad holds it for ever",
  },
  reportsLockNeverTake: {
    file: "src/exit/Exits.sol",
    find: "            _requireBeforeFreeze(proof, record, exit.freezeAt);\n            if (_isConclusive",
    put: "            if (proof.leaf.initialMargin != 0) revert PositionsOpen(proof.leaf.initialMargin);\n            _requireBeforeFreeze(proof, record, exit.freezeAt);\n            if (_isConclusive",
    why: "a requirement in a root holds an account beyond its release",
  },
  solventStaysWhole: {
    file: "src/default/DefaultManager.sol",
    find: "        if (!initial) revert NotShort(account);\n        uint40 deadline",
    put: "        uint40 deadline",
    why: "an account that meets its requirement is called",
  },
  settledOnce: {
    file: "src/settle/SettlementPool.sol",
    find: "        if (run.epoch < record.lastEpoch) return _skip(run, account, SkipCause.LATER_ROOT);\n",
    put: "",
    why: "an older root settles again what a later one has settled",
  },
  poolCovers: {
    file: "src/attest/AttestationLog.sol",
    find: "        if (int256(uint256(header.totalCredit)) > covered) revert CreditsUncovered(header.totalCredit, covered);\n",
    put: "",
    why: "a root credits more than its debits and the base",
  },
  lossConserved: {
    file: "src/default/CloseOut.sol",
    find: "        if (case_.openLots != 0) revert LotsUnsold(case_.openLots);\n",
    put: "",
    why: "tiers pay while a lot that was fixed for the default is unsold",
  },
  surplusReturns: {
    file: "src/default/Waterfall.sol",
    find: "        w.penalty = Math.min(_penalty(case_.loss, policy), w.balance);",
    put: "        w.penalty = w.balance;",
    why: "the penalty is all that a default leaves",
  },
  rootsAppendOnly: {
    file: "src/attest/AttestationLog.sol",
    find: "        if (header.previous != previous) revert PreviousMismatch(previous, header.previous);\n",
    put: "",
    why: "a root need not link its predecessor",
  },
  sumProven: {
    file: "src/attest/SumTree.sol",
    find: "        if (credit != 0 && debit != 0) revert CreditAndDebit(uint32(index));\n",
    put: "",
    why: "a leaf has a credit and a debit, and hides one behind the other",
  },
  auctionBounded: {
    file: "src/default/LiquidationAuction.sol",
    find: "            if (sale.resets >= policy.maxResets()) revert NoResetsLeft(lot);\n",
    put: "",
    why: "an auction is reset for ever",
  },
  nonceOnce: {
    file: "src/vault/OwnerDoors.sol",
    find: "        ++entry.consentNonce;\n",
    put: "",
    why: "a venue's consent is used again",
  },
  pauseBounded: {
    file: "src/venue/VenueStates.sol",
    find: "            if (block.timestamp < last + PAUSE_COOLDOWN) revert PausedLately(last + PAUSE_COOLDOWN);\n",
    put: "",
    why: "one pause follows another",
  },
  reentrancySafe: {
    file: "src/settle/SettlementPool.sol",
    find: "    function checkpoint(uint32 venue) external alone {",
    put: "    function checkpoint(uint32 venue) external {",
    why: "a door without the lock: a callback goes through it",
  },
};
