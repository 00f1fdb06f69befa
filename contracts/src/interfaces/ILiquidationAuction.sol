// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Dutch auctions of a defaulter's collateral, paid into the defaulter's own account
interface ILiquidationAuction {
    /// @notice One lot.
    /// @param account the defaulter
    /// @param token what is sold
    /// @param amount what is left, smallest units of `token`
    /// @param startPrice settlement units for 1e18 smallest units, at `startTime`
    /// @param floorPrice where the price ends after `duration`
    /// @param startTime of this run
    /// @param duration of a run, seconds
    /// @param resets runs after the first
    struct Lot {
        address account;
        uint40 startTime;
        uint32 duration;
        uint8 resets;
        address token;
        uint32 venue;
        uint32 index;
        uint128 amount;
        uint128 startPrice;
        uint128 floorPrice;
    }

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
    event LotTaken(uint256 indexed lot, address indexed taker, address receiver, uint256 amount, uint256 price, uint256 payment);
    /// @param unsold what stays in the defaulter's account because the need is covered
    event LotClosed(uint256 indexed lot, uint256 unsold);
    /// @param amount what the venue's own tranche bought at the floor after the last run
    event LotToFund(uint256 indexed lot, uint256 amount, uint256 payment);

    error NotForSale(address account, address token);
    error NothingNeeded(address account);
    error UnknownLot(uint256 lot);
    error LotLive(uint256 lot);
    error ZeroAmount();
    error PriceAboveMax(uint256 price, uint256 maxPrice);
    error StillNeeded(uint256 lot, uint256 need);
    error NotTheManager(address caller);
    error FundIsEmpty(uint256 lot);
    error RunNotOver(uint256 lot);
    error NoResetsLeft(uint256 lot);
    error ResetsLeft(uint256 lot);
    error PaymentShort(uint256 due, uint256 received);
    error QuoteDuringCallback();

    /// @notice Starts selling `token` of an account that is closing out and still needs settlement asset. Anyone may call.
    function start(address account, address token) external returns (uint256 lot);

    /// @notice The same under the lock that the default manager already holds. Reserved to it.
    function startFirst(address account, address token) external returns (uint256 lot);

    /// @notice Buys up to `amount` of a lot at its price now. Collateral goes out first, then, if `data` is not empty, the caller is
    /// called back (`IAuctionTaker`), then the payment is pulled from the caller into the defaulter's account.
    /// Never sells more than the default still needs; a remainder worth less than `minLot` is taken whole.
    /// @param maxPrice settlement units for 1e18 smallest units
    /// @return taken smallest units of the lot's token
    /// @return paid settlement units, rounded up
    function take(
        uint256 lot,
        uint256 amount,
        uint256 maxPrice,
        address receiver,
        bytes calldata data
    ) external returns (uint256 taken, uint256 paid);

    /// @notice Restarts a lot whose run is over, from a fresh price. Anyone may call, `maxResets` times.
    function reset(uint256 lot) external;

    /// @notice Ends a lot whose default needs nothing more. Anyone may call.
    function close(uint256 lot) external;

    /// @notice After the last run, when the lot stands at its floor: the venue's own tranche buys there what it can pay for. Anyone may call.
    function sellToFund(uint256 lot) external;

    /// @notice Price of the lot at `time` within its run and how much can be bought, to the unit what `take` executes.
    function quote(uint256 lot, uint256 time) external view returns (uint256 price, uint256 available);
    function lotOf(uint256 lot) external view returns (Lot memory);
    function liveLots() external view returns (uint256[] memory);
    function lotFor(address account, address token) external view returns (uint256 lot);
}

/// @notice What a taker that wants a callback implements.
interface IAuctionTaker {
    /// @param taken smallest units of the lot's token, already sent to the receiver
    /// @param payment settlement units that will be pulled from the taker after this call
    function onAuctionTake(uint256 lot, address token, uint256 taken, uint256 payment, bytes calldata data) external;
}
