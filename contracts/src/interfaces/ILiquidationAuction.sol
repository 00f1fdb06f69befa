// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILotTaking} from "./ILotTaking.sol";
import {AccountProof, Lot} from "./Types.sol";

/// @title The beginning, the end and the curve of Dutch auctions of a defaulter's collateral, paid into the defaulter's own account
interface ILotDesk {
    event LotStarted(
        uint256 indexed lot,
        address indexed account,
        address indexed token,
        uint256 amount,
        uint256 startPrice,
        uint256 floorPrice,
        uint40 startTime,
        uint32 duration
    );
    event LotReset(uint256 indexed lot, uint256 startPrice, uint256 floorPrice, uint40 startTime, uint8 resets);
    /// @param unsold what stays in the defaulter's account because the need is covered
    event LotClosed(uint256 indexed lot, uint256 unsold);
    /// @param amount what the venue's own tranche bought at the floor after the last run
    event LotToFund(uint256 indexed lot, uint256 amount, uint256 payment);

    error NotForSale(address account, address token);
    error LotLive(uint256 lot);
    error StillNeeded(uint256 lot, uint256 need);
    error FundNotEmpty(uint256 lot);
    error SaleTooEarly(uint256 from);
    error RootAfterFreeze(uint64 epoch);
    error NotTheSameAccount(address settling, address current);
    error FundIsEmpty(uint256 lot);
    error RunNotOver(uint256 lot);
    error NoResetsLeft(uint256 lot);
    error ResetsLeft(uint256 lot);

    /// @notice Starts selling `token` of an account that is closing out and still needs settlement asset. Anyone may call.
    function start(address account, address token) external returns (uint256 lot);

    /// @notice Starts selling, without penalty, just what an account owes that has the value but not the settlement asset: a settling
    /// root's dispute window and `MIN_CURE` more have passed, and the newest fresh root says it is owed still. Takes settle it in the same
    /// call. Anyone may call.
    /// @param settling leaf of the settling root
    /// @param current leaf of the newest root
    function startOwed(AccountProof calldata settling, AccountProof calldata current, address token) external returns (uint256 lot);

    /// @notice Starts selling just what an exit owes. The owner calls; anyone, once the exit has stayed unpaid for `EXIT_SALE_AFTER`.
    function startExit(address account, address token) external returns (uint256 lot);

    /// @notice Restarts a lot whose run is over, from a fresh price. Anyone may call, `maxResets` times.
    function reset(uint256 lot) external;

    /// @notice Ends a lot whose default needs nothing more. Anyone may call.
    function close(uint256 lot) external;

    /// @notice After the last run, when the lot stands at its floor: the venue's own tranche buys there what it can pay for. Anyone may call.
    function sellToFund(uint256 lot) external;

    /// @notice After that, with the loss fixed: what nobody bought and the loss still needs passes to the pool's claimants in kind, valued
    /// at the floor. Anyone may call.
    function passInKind(uint256 lot) external;

    /// @notice Price of the lot at `time` (chain time, as if no further pause came) and how much can be bought, to the unit what `take` executes.
    function quote(uint256 lot, uint256 time) external view returns (uint256 price, uint256 available);
    function lotOf(uint256 lot) external view returns (Lot memory);
    /// @param from place in the list, from 0
    /// @param most how many at most
    function liveLots(uint256 from, uint256 most) external view returns (uint256[] memory ids, Lot[] memory lots, uint256 total);
    /// @notice The id that a lot of this asset has under the account's present pledge, whether or not it is live.
    function lotFor(address account, address token) external view returns (uint256 lot);
}

/// @title All of the auction, for whoever deals with it
// What it has, it has from both.
// solhint-disable-next-line no-empty-blocks
interface ILiquidationAuction is ILotDesk, ILotTaking {}
