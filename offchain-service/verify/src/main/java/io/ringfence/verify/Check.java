package io.ringfence.verify;

/**
 * What a verifier checks of a proof file, in this order; each presumes those before it. Every verifier of ours shows these names and
 * meanings.
 */
enum Check {
  CHAIN("the vault is a contract on this chain and has this venue",
      "the file, the vault's address or the node is of another chain: nothing can be said about the proof"),
  POSTED("this header is the one that the chain has for its epoch",
      "the header was never posted, or the chain has another one: it binds nobody"),
  LINKED("the header names the one before it",
      "the venue's history is not one chain: an epoch was replaced"),
  SNAPSHOT("the snapshot's block is a block of this chain",
      "the figures are of a block that is not, or no longer, part of the chain"),
  SIGNATURES("the venue and enough of its attestors signed the header, each once, in order",
      "those who vouch for the header have not, or not with the keys that the chain has for them now"),
  PRICES("the prices are the ones that the header commits to",
      "a claim with these prices would be refused, and values computed from them mean nothing"),
  INCLUDED("the leaf is in the tree, and its credit and debit are part of the totals",
      "the account is not in what was attested with these figures: what the venue owes it is not counted"),
  ACCOUNT("the account is one of this vault's and holds this index under this venue",
      "the leaf is of another pledge: it opens no door for the account");

  private final String passed;
  private final String failed;

  Check(String passed, String failed) {
    this.passed = passed;
    this.failed = failed;
  }

  /** What holds if it passes. */
  String passed() {
    return passed;
  }

  /** What it means if it does not. */
  String failed() {
    return failed;
  }
}
