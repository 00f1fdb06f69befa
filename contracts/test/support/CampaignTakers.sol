// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILotDesk} from "../../src/interfaces/ILiquidationAuction.sol";
import {ILotTaking} from "../../src/interfaces/ILotTaking.sol";
import {Lot} from "../../src/interfaces/Types.sol";
import {CampaignWorld} from "./CampaignWorld.sol";
import {TestToken} from "./Tokens.sol";

/// @notice The campaign's auctions: whoever starts, takes, resets and ends lots.
abstract contract CampaignTakers is CampaignWorld {
    function sell(uint256 seed, uint256 amount, uint256 later) external step {
        uint256[] memory live = _liveLots();
        if (live.length == 0) return;
        advance(bound(later, 1, 20 minutes));
        _take(live[seed % live.length], bound(amount, 1, 1e20));
    }

    function start(uint256 who, uint256 seed) external step {
        _startLot(_client(who), tokens[1 + (seed % 2)]);
    }

    function runOut(uint256 seed) external step {
        uint256[] memory live = _liveLots();
        if (live.length == 0) return;
        _runOut(live[seed % live.length], seed);
    }

    function _sellAll(address account, uint256 seed) internal {
        for (uint256 i = 1; i < 3; ++i) {
            uint256 lot = auction.lotFor(account, address(tokens[i]));
            if (!isLive(lot)) _startLot(account, tokens[i]);
            if (!isLive(lot)) continue;
            if (seed % 7 < 2) {
                _runOut(lot, seed >> 4);
                continue;
            }
            advance(bound(seed >> i, 1, 25 minutes));
            _take(lot, 1e30);
            _closeLot(lot);
        }
    }

    function _startLot(address account, TestToken token) internal {
        bool ok = _try("start", address(this), address(vault), abi.encodeCall(ILotDesk.start, (account, address(token))));
        _require(!ok || _isClosing(account), "solventStaysWhole", "a lot of an account that is not in default");
    }

    function _take(uint256 lot, uint256 amount) internal {
        Lot memory sale = auction.lotOf(lot);
        (uint256 price, uint256 available) = auction.quote(lot, clock);
        uint256 need = defaults.need(sale.account);
        uint256 cash = usdc.balanceOf(sale.account);
        uint256 held = _tokenOf(lot).balanceOf(sale.account);
        _allow(sale.account, _tokenOf(lot), available);
        bytes memory data = abi.encodeCall(ILotTaking.take, (lot, amount, price, address(this), ""));
        if (!_try("take", address(this), address(vault), data)) return;
        uint256 paid = usdc.balanceOf(sale.account) - cash;
        uint256 sold = held - _tokenOf(lot).balanceOf(sale.account);
        _require(paid * 1e18 >= sold * price, "auctionBounded", "sold below the quoted price");
        _require(paid <= need + 10e6 + price / 1e18 + 1, "solventStaysWhole", "sold beyond the need by more than a least lot");
    }

    /// @dev One run after another, to the fund after the last; now and then a top-up makes the rest needless.
    function _runOut(uint256 lot, uint256 seed) internal {
        for (uint256 i; i < (seed % 2 == 0 ? 2 : seed % 3); ++i) {
            advance(20 minutes + 1);
            _try("reset", address(this), address(vault), abi.encodeCall(ILotDesk.reset, (lot)));
        }
        if (seed % 8 != 1) advance(20 minutes + 1);
        _toFund(lot);
        if (isLive(lot) && seed % 3 == 0) {
            address account = auction.lotOf(lot).account;
            deposit(account, usdc, defaults.need(account));
        }
        _closeLot(lot);
    }

    function _closeLot(uint256 lot) private {
        if (!isLive(lot)) return;
        uint256 need = defaults.need(auction.lotOf(lot).account);
        bool ok = _try("close", address(this), address(vault), abi.encodeCall(ILotDesk.close, (lot)));
        _require(ok == (need == 0), "auctionBounded", "a lot closes exactly when nothing is needed");
    }

    function _toFund(uint256 lot) private {
        Lot memory sale = auction.lotOf(lot);
        (, uint256 available) = auction.quote(lot, clock);
        uint256 members = fund.memberTranche();
        _allow(sale.account, _tokenOf(lot), available);
        _try("toFund", address(this), address(vault), abi.encodeCall(ILotDesk.sellToFund, (lot)));
        _require(fund.memberTranche() == members, "lossConserved", "members' money bought collateral");
    }
}
