// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumTree} from "../attest/SumTree.sol";
import {IAttestationLog} from "../interfaces/IAttestationLog.sol";
import {AccountProof, AccountRecord, EpochFacts, EpochHeader, Leaf, RootPrices} from "../interfaces/Types.sol";

/// @title What a claim about an account must show before anything is decided on it
library Proofs {
    error PricesNotOfRoot(bytes32 expected, bytes32 given);
    error LeafOfAnotherAccount(address account, uint32 venue, uint32 index);

    /// @notice keccak256(abi.encode(collateral, market)).
    function pricesHash(RootPrices calldata prices) internal pure returns (bytes32) {
        return keccak256(abi.encode(prices.collateral, prices.market));
    }

    /// @notice Reverts unless the proof is of the venue's newest fresh root, about `account` under its current pledge.
    function requireCurrent(
        IAttestationLog log,
        AccountProof calldata proof,
        AccountRecord memory record
    ) internal view returns (EpochFacts memory facts) {
        facts = log.requireFresh(proof.header);
        bytes32 given = pricesHash(proof.prices);
        if (given != proof.header.pricesHash) revert PricesNotOfRoot(proof.header.pricesHash, given);
        requireLeaf(proof.header, proof.leaf, proof.siblings, record);
    }

    /// @notice Reverts unless `leaf` is in the header's tree and is the one of the account's current pledge.
    function requireLeaf(
        EpochHeader calldata header,
        Leaf calldata leaf,
        bytes calldata siblings,
        AccountRecord memory record
    ) internal pure {
        if (record.venue == 0 || record.venue != header.venue || record.index != leaf.index) {
            revert LeafOfAnotherAccount(leaf.account, header.venue, leaf.index);
        }
        SumTree.requireIncluded(leaf, header.accounts, siblings, header.root, header.totalCredit, header.totalDebit);
    }

    /// @notice N - settled: positive, the venue owes the account; negative, the account owes.
    function due(Leaf calldata leaf, int256 settled) internal pure returns (int256) {
        return int256(uint256(leaf.credit)) - int256(uint256(leaf.debit)) - settled;
    }
}
