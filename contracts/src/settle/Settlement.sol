// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ISettlement} from "../interfaces/ISettlement.sol";
import {AccountRecord, AccountStatus, Deployment, EpochFacts, EpochHeader, Leaf, SettledCause, VenueBook} from "../interfaces/Types.sol";
import {Proofs} from "../lib/Proofs.sol";
import {Wired} from "../lib/Wired.sol";

/// @title Settlement: what is owed comes in, what is owing goes out
/// @notice Moves at most |N - settled| and changes `settled` by exactly what moved, so a root settled late, twice or in parts
/// can neither double nor lose anything. Never draws the default fund.
/// @dev Invariants kept here: `settledOnce`, its part of `neverPaysForAnother`.
contract Settlement is ISettlement, Wired {
    constructor(Deployment memory d) Wired(d, d.settlement) {}

    /// @inheritdoc ISettlement
    function settle(EpochHeader calldata header, Leaf[] calldata leaves, bytes[] calldata siblings) external withLock {
        if (leaves.length != siblings.length) revert LengthMismatch(leaves.length, siblings.length);
        EpochFacts memory facts = LOG.requirePosted(header);
        if (!header.settles) revert NotASettlingRoot(header.epoch);
        uint256 until = uint256(facts.postedAt) + REGISTRY.parameters(header.venue).disputeWindow;
        if (block.timestamp <= until) revert SettlementTooEarly(until);
        // After a shortfall the credits of older roots are no longer all covered: only a root that saw it may pay them.
        bool mayPay = header.snapshotBlock > VAULT.book(header.venue).lastShortfallBlock;
        for (uint256 i; i < leaves.length; ++i) {
            _settleOne(header, leaves[i], siblings[i], mayPay);
        }
    }

    function _settleOne(EpochHeader calldata header, Leaf calldata leaf, bytes calldata siblings, bool mayPay) private {
        AccountRecord memory record = VAULT.record(leaf.account);
        string memory refused = _refusal(header, leaf, record);
        if (bytes(refused).length == 0) {
            Proofs.requireLeaf(header, leaf, siblings, record);
            int256 due = Proofs.due(leaf, record.settled);
            if (due < 0) refused = _collect(leaf.account, uint256(-due), header);
            else if (due > 0) refused = mayPay ? _payOut(leaf.account, uint256(due), header) : "older than a shortfall";
        }
        if (bytes(refused).length != 0) emit SettlementSkipped(leaf.account, header.venue, header.epoch, refused);
    }

    function _refusal(EpochHeader calldata header, Leaf calldata leaf, AccountRecord memory record) private pure returns (string memory) {
        if (record.venue != header.venue || record.index != leaf.index) return "not its pledge";
        if (record.status != AccountStatus.ACTIVE && record.status != AccountStatus.CALLED) return "in default";
        if (header.epoch < record.lastEpoch) return "settled by a later root";
        return "";
    }

    function _collect(address account, uint256 owed, EpochHeader calldata header) private returns (string memory) {
        uint256 amount = Math.min(owed, IERC20(REGISTRY.settlementAsset(header.venue)).balanceOf(account));
        if (amount == 0) return "no settlement asset";
        try VAULT.collect(account, amount, header.epoch, SettledCause.SETTLEMENT) {
            return "";
        } catch {
            return "token refused";
        }
    }

    function _payOut(address account, uint256 owing, EpochHeader calldata header) private returns (string memory) {
        VenueBook memory book = VAULT.book(header.venue);
        uint256 amount = Math.min(owing, book.pool);
        if (amount == 0) return "pool empty";
        try VAULT.payOut(account, amount, header.epoch) {
            return "";
        } catch {
            return "token refused";
        }
    }
}
