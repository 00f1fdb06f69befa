// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Act, Inv, Spot} from "./CampaignKinds.sol";

/// @notice Names, for printing only: while it runs, the campaign counts by number.
library CampaignNames {
    uint256 internal constant ACTS = uint256(type(Act).max) + 1;
    uint256 internal constant SPOTS = uint256(type(Spot).max) + 1;
    uint256 internal constant INVARIANTS = uint256(type(Inv).max) + 1;

    function invariantOf(uint256 which) internal pure returns (string memory) {
        string[16] memory names = [
            "none",
            "neverPaysForAnother",
            "unpledgedIsFree",
            "exitAlwaysOpen",
            "reportsLockNeverTake",
            "solventStaysWhole",
            "settledOnce",
            "poolCovers",
            "lossConserved",
            "surplusReturns",
            "rootsAppendOnly",
            "sumProven",
            "auctionBounded",
            "nonceOnce",
            "pauseBounded",
            "reentrancySafe"
        ];
        return names[which];
    }

    function act(uint256 which) internal pure returns (string memory) {
        if (which < 23) return _ofOwners(which);
        return which < 80 ? _inTheVault(which - 23) : _elsewhere(which - 80);
    }

    function state(uint256 which) internal pure returns (string memory) {
        string[33] memory names = [
            "unpledged",
            "active",
            "called",
            "closing out",
            "loss fixed",
            "exiting",
            "a withdrawal waits",
            "address book on",
            "debit cap",
            "release asked for",
            "dispute open",
            "dispute ended",
            "owed auction",
            "demanded",
            "claim on a pool",
            "older policy",
            "venue live",
            "venue suspended",
            "venue failed",
            "venue paused",
            "default open",
            "lot live",
            "held in kind",
            "series spent",
            "penalty streams",
            "feed dead",
            "token hostile",
            "token calls back",
            "wallet hostile",
            "sources apart",
            "one source left",
            "sequencer down",
            "run interrupted"
        ];
        return names[which];
    }

    function _ofOwners(uint256 which) private pure returns (string memory) {
        string[23] memory names = [
            "open",
            "pledge",
            "withdraw",
            "withdrawWithConsent",
            "requestWithdrawal",
            "cancelWithdrawal",
            "finaliseWithdrawal",
            "switchAddressBook",
            "addToBook",
            "removeFromBook",
            "lowerDebitCap",
            "applyDebitCap",
            "relay withdraw",
            "relay withdrawWithConsent",
            "relay requestWithdrawal",
            "relay cancelWithdrawal",
            "relay switchAddressBook",
            "relay addToBook",
            "relay removeFromBook",
            "relay lowerDebitCap",
            "relay requestRelease",
            "relay cancelRelease",
            "relay acceptDebit"
        ];
        return names[which];
    }

    function _inTheVault(uint256 which) private pure returns (string memory) {
        string[57] memory names = [
            "post",
            "settle",
            "payOwed",
            "claim",
            "claimInKind",
            "buyInKind",
            "contribute",
            "callMargin",
            "cure",
            "lapse",
            "declareDefault",
            "refreshOwed",
            "report",
            "fixLoss",
            "fixLossWithoutReport",
            "resolve",
            "collectReward",
            "start",
            "startOwed",
            "startExit (sale)",
            "take",
            "reset",
            "reset after an outage",
            "close",
            "sellToFund",
            "passInKind",
            "disputeRoot",
            "disputeReport",
            "lowerCap",
            "acceptDebit",
            "confirmDebit",
            "lapseDispute",
            "demand",
            "answer",
            "findUnanswered",
            "requestRelease",
            "cancelRelease",
            "startExit",
            "startExitWithProof",
            "challengeExit",
            "payExit",
            "payExitFor",
            "payExitInKind",
            "finishExit",
            "releaseWithConsent",
            "port",
            "registerClaim",
            "collectTranches",
            "distribute",
            "register",
            "publishPolicy",
            "adoptPolicy",
            "changeQuorum",
            "applyQuorum",
            "pause",
            "poke",
            "fail"
        ];
        return names[which];
    }

    function _elsewhere(uint256 which) private pure returns (string memory) {
        string[36] memory names = [
            "fundVenueTranche",
            "openSeries",
            "deposit to the fund",
            "noticeRedemption",
            "redeemNotice",
            "cancelNotice",
            "transfer to an account",
            "donate",
            "trade",
            "margin",
            "a price moves",
            "a feed stops",
            "a feed goes to zero",
            "a token turns hostile",
            "a token blacklists",
            "a token calls back",
            "a wallet turns hostile",
            "two sources part",
            "a second source stops",
            "a source breaks",
            "the sequencer goes down",
            "the sequencer comes up",
            "time jumps",
            "all is well again",
            "refused: wrong sender",
            "refused: replay",
            "refused: stale root",
            "refused: forged proof",
            "refused: false root",
            "refused: signature",
            "refused: relay's nonce",
            "refused: relay elsewhere",
            "refused: relay too late",
            "refused: relay's signer",
            "refused: outage",
            "refused: starved of gas"
        ];
        return names[which];
    }
}
