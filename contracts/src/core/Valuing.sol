// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICollateralValuer} from "../interfaces/ICollateralValuer.sol";
import {AccountRecord, Leaf} from "../interfaces/Types.sol";
import {Policy} from "../venue/Policy.sol";
import {PriceOracle} from "../oracle/PriceOracle.sol";
import {Money} from "./Money.sol";
import {Proving} from "./Proving.sol";

/// @title What an account's collateral is worth
/// @notice Trusts the venue's feeds within their staleness, bounds and agreement.
abstract contract Valuing is Proving {
    /// @dev What a valuation comes across and its caller has a use for.
    /// @param place the asset that is looked for; 0: none
    /// @param balance the account's of it; 0 also if the valuation had no need of its price
    /// @param price its live price
    /// @param cash the account's settlement asset
    struct Seen {
        uint256 place;
        uint256 balance;
        uint128 price;
        uint256 cash;
    }

    /// @dev An account's value after haircuts at root prices and at live prices, settlement units, rounded down asset by asset.
    /// Withdrawals that wait count as gone. What the account does not hold costs no feed.
    function _values(
        Policy policy,
        address account,
        AccountRecord memory record,
        uint128[] calldata rootPrices
    ) internal view returns (uint256 atRoot, uint256 live) {
        Seen memory seen;
        return _values(policy, account, record, rootPrices, seen);
    }

    /// @dev The same, and what it came across on the way.
    function _values(
        Policy policy,
        address account,
        AccountRecord memory record,
        uint128[] calldata rootPrices,
        Seen memory seen
    ) internal view returns (uint256 atRoot, uint256 live) {
        uint256 n = policy.count();
        // A root may know assets of a later policy, at later places.
        if (rootPrices.length < n) revert ICollateralValuer.PricesLength(n, rootPrices.length);
        uint256 settlementPrice;
        for (uint256 i; i < n;) {
            uint256 balance = Money.balance(policy.token(i), account);
            uint256 amount = _freeOf(balance, record, i);
            if (i == 0) seen.cash = balance;
            if (amount != 0) {
                uint256 price = PriceOracle.ONE;
                if (i != 0) {
                    if (settlementPrice == 0) settlementPrice = PriceOracle.settlementAnswer(policy);
                    price = PriceOracle.relative(policy, i, settlementPrice);
                    if (i == seen.place) (seen.balance, seen.price) = (balance, uint128(price));
                }
                // A haircut is less than all, and prices have 128 bits.
                uint256 keep;
                unchecked {
                    keep = BPS - policy.haircutBps(i);
                }
                atRoot += _worth(amount, rootPrices[i], keep);
                live += _worth(amount, price, keep);
            }
            unchecked {
                ++i;
            }
        }
    }

    /// @dev Whether an account is short of its initial and of its maintenance margin under a proof that the caller has verified. Short
    /// only if the root's own prices and the live ones both say so: one price alone frames a hedged account.
    /// @param seen what the valuation came across
    function _shortness(
        Policy policy,
        Leaf calldata leaf,
        uint128[] calldata rootPrices,
        AccountRecord memory record,
        Seen memory seen
    ) internal view returns (bool initial, bool maintenance) {
        (uint256 atRoot, uint256 live) = _values(policy, leaf.account, record, rootPrices, seen);
        uint256 better = Math.max(atRoot, live);
        // What is due has no more than 105 bits, a requirement 96.
        unchecked {
            int256 due = _net(leaf) - record.settled;
            uint256 owed = due < 0 ? uint256(-due) : 0;
            if (due > 0) better = Math.saturatingAdd(better, uint256(due));
            initial = better < leaf.initialMargin + owed;
            maintenance = better < leaf.maintenanceMargin + owed;
        }
    }

    /// @dev Live price of the asset at place `i`, settlement units for 1e18 smallest units, rounded down.
    function _livePrice(Policy policy, uint256 i) internal view returns (uint128) {
        if (i == 0) return uint128(PriceOracle.ONE);
        return PriceOracle.relative(policy, i, PriceOracle.settlementAnswer(policy));
    }

    /// @dev What an account holds of an asset and no withdrawal waits for.
    function _freeOf(uint256 balance, AccountRecord memory record, uint256 i) private view returns (uint256) {
        if (balance == 0 || record.pendingMask & (1 << i) == 0) return balance;
        uint256 pending = _requests[_keyOf(record)][i].amount;
        return balance > pending ? balance - pending : 0;
    }

    function _worth(uint256 amount, uint256 price, uint256 keepBps) internal pure returns (uint256) {
        unchecked {
            uint256 factor = price * keepBps;
            // A price has 128 bits and a share 14; only a token without measure has more than the rest of a word.
            if (amount >> 114 == 0) return (amount * factor) / (PriceOracle.ONE * BPS);
            return Math.mulDiv(amount, factor, PriceOracle.ONE * BPS);
        }
    }
}
