// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILiquidationAuction} from "../../src/interfaces/ILiquidationAuction.sol";
import {IAuctionTaker} from "../../src/interfaces/ILotTaking.sol";
import {TestToken} from "./Tokens.sol";

/// @notice An owner, a feed, a token and a taker in one that says what is asked of it and goes on talking for as long as it was told.
contract Bombs is IAuctionTaker {
    uint8 public constant decimals = 8;
    uint256 private _length;
    int256 private _price;
    uint256 private _updatedAt;
    uint256 private _effort;
    bool private _refuses;
    uint256 public transfers;

    /// @param length bytes of every answer from now on
    function arm(uint256 length) external {
        _length = length;
    }

    function refuse(bool yes) external {
        _refuses = yes;
    }

    /// @param effort gas that reading the price takes
    function price(int256 answer, uint256 updatedAt, uint256 effort) external {
        (_price, _updatedAt, _effort) = (answer, updatedAt, effort);
    }

    function take(ILiquidationAuction auction, TestToken cash, uint256 lot, uint256 amount) external {
        cash.approve(address(auction), type(uint256).max);
        auction.take(lot, amount, type(uint256).max, address(this), hex"01");
    }

    function onAuctionTake(uint256, address, uint256, uint256, bytes calldata) external view {
        _answer(0);
    }

    function isValidSignature(bytes32, bytes calldata) external view {
        _answer(bytes32(bytes4(0x1626ba7e)));
    }

    function transfer(address, uint256) external {
        ++transfers;
        _answer(bytes32(uint256(1)));
    }

    function latestRoundData() external view {
        (int256 answer, uint256 updatedAt, uint256 length) = (_price, _updatedAt, _length < 0xa0 ? 0xa0 : _length);
        (uint256 begun, uint256 effort) = (gasleft(), _effort);
        while (begun - gasleft() < effort) {}
        assembly ("memory-safe") {
            let words := mload(0x40)
            calldatacopy(words, calldatasize(), 0xa0)
            mstore(add(words, 0x20), answer)
            mstore(add(words, 0x60), updatedAt)
            return(words, length)
        }
    }

    function _answer(bytes32 first) private view {
        (uint256 length, bool refuses) = (_length < 0x20 ? 0x20 : _length, _refuses);
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, first)
            if refuses {
                revert(words, length)
            }
            return(words, length)
        }
    }
}
