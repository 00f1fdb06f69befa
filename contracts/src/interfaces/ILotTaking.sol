// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What takers call: the vault has it itself, because every taker pays for it
interface ILotTaking {
    event LotTaken(uint256 indexed lot, address indexed taker, address receiver, uint256 amount, uint256 price, uint256 payment);

    error UnknownLot(uint256 lot);
    error NothingNeeded(address account);
    error PriceAboveMax(uint256 price, uint256 maxPrice);
    error RunInterrupted(uint256 lot, uint256 upSince);
    error PaymentShort(uint256 due, uint256 received);

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
}

/// @notice What a taker that wants a callback implements.
interface IAuctionTaker {
    /// @param taken smallest units of the lot's token, already sent to the receiver
    /// @param payment settlement units that will be pulled from the taker after this call
    function onAuctionTake(uint256 lot, address token, uint256 taken, uint256 payment, bytes calldata data) external;
}
