// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ILiquidationAuction} from "../../src/interfaces/ILiquidationAuction.sol";
import {IAuctionTaker} from "../../src/interfaces/ILotTaking.sol";
import {TestToken} from "./Tokens.sol";

/// @notice A market that buys any collateral at a fixed price.
contract TestMarket {
    TestToken private immutable CASH;
    uint256 public price;

    constructor(TestToken cash, uint256 price_) {
        CASH = cash;
        price = price_;
    }

    function sell(TestToken token, uint256 amount) external {
        token.transferFrom(msg.sender, address(this), amount);
        CASH.mint(msg.sender, Math.mulDiv(amount, price, 1e18));
    }
}

/// @notice A keeper without money: it pays for a lot out of what the lot sells for.
contract FlashTaker is IAuctionTaker {
    ILiquidationAuction private immutable AUCTION;
    TestToken private immutable CASH;
    TestMarket private immutable MARKET;

    constructor(ILiquidationAuction auction, TestToken cash, TestMarket market) {
        (AUCTION, CASH, MARKET) = (auction, cash, market);
    }

    function take(uint256 lot, uint256 amount) external returns (uint256 taken, uint256 paid) {
        return AUCTION.take(lot, amount, type(uint256).max, address(this), hex"01");
    }

    function onAuctionTake(uint256, address token, uint256 taken, uint256 payment, bytes calldata) external {
        TestToken(token).approve(address(MARKET), taken);
        MARKET.sell(TestToken(token), taken);
        CASH.approve(address(AUCTION), payment);
    }
}

/// @notice A keeper that tries everything else while its callback runs, and remembers what got through.
contract ReenteringTaker is IAuctionTaker {
    struct Attempt {
        address target;
        bytes payload;
        bool succeeded;
        bytes answer;
    }

    ILiquidationAuction private immutable AUCTION;
    TestToken private immutable CASH;
    Attempt[] private _attempts;

    constructor(ILiquidationAuction auction, TestToken cash) {
        (AUCTION, CASH) = (auction, cash);
    }

    function plan(address target, bytes calldata payload) external {
        _attempts.push(Attempt({target: target, payload: payload, succeeded: false, answer: ""}));
    }

    function approve(address spender) external {
        CASH.approve(spender, type(uint256).max);
    }

    function take(uint256 lot, uint256 amount) external returns (uint256 taken, uint256 paid) {
        return AUCTION.take(lot, amount, type(uint256).max, address(this), hex"01");
    }

    function attempts() external view returns (Attempt[] memory) {
        return _attempts;
    }

    function onAuctionTake(uint256, address, uint256, uint256 payment, bytes calldata) external {
        for (uint256 i; i < _attempts.length; ++i) {
            Attempt storage attempt = _attempts[i];
            (attempt.succeeded, attempt.answer) = attempt.target.call(attempt.payload);
        }
        CASH.approve(address(AUCTION), payment);
    }
}
