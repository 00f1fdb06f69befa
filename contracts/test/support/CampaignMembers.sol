// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {IMemberSeries} from "../../src/interfaces/IMemberSeries.sol";
import {ISettlementPool} from "../../src/interfaces/ISettlementPool.sol";
import {CampaignWorld} from "./CampaignWorld.sol";

/// @notice The campaign's members, donors and contributors: pool and fund.
abstract contract CampaignMembers is CampaignWorld {
    address[] private _closedSeries;

    function contribute(uint256 amount) external step {
        _try("contribute", address(this), address(vault), abi.encodeCall(ISettlementPool.contribute, (venue, bound(amount, 1, 500e6))));
    }

    function donate(uint256 amount) external step {
        amount = bound(amount, 1, 500e6);
        uint256 price = _series().convertToAssets(1e12);
        usdc.mint(pool, amount);
        usdc.mint(address(fund), amount);
        donated += amount;
        _require(_series().convertToAssets(1e12) == price, "lossConserved", "a donation moved the members' share price");
        _count("donate", true);
    }

    function claim(uint256 who) external step {
        _claim(_client(who));
    }

    function strengthen(uint256 amount, bool own) external step {
        amount = bound(amount, 1, 300e6);
        if (own) {
            _try("fundOwn", address(this), address(fund), abi.encodeCall(IDefaultFund.fundVenueTranche, (amount)));
            return;
        }
        if (_series().spent()) _renew();
        uint256 defaulted = defaults.openDefaults(venue);
        address open = address(_series());
        vm.prank(MEMBER);
        usdc.approve(open, type(uint256).max);
        bool ok = _try("fundJoin", MEMBER, open, abi.encodeCall(IERC4626.deposit, (amount, MEMBER)));
        _require(!ok || defaulted == 0, "lossConserved", "a member joined while a default was open");
    }

    function notice(uint256 share) external step {
        uint256 shares = _series().balanceOf(MEMBER) / bound(share, 2, 10);
        _try("notice", MEMBER, address(_series()), abi.encodeCall(IMemberSeries.noticeRedemption, (shares)));
    }

    /// @notice The oldest notice: paid when it has matured, or taken back when it has lapsed.
    function redeem() external step {
        uint256[] memory ids = _series().noticesOf(MEMBER);
        if (ids.length == 0) return;
        IMemberSeries.Notice memory n = _series().notice(ids[0]);
        if (n.maturesAt > clock) advance(n.maturesAt - clock);
        if (clock > n.closesAt) {
            _try("noticeLapsed", address(this), address(_series()), abi.encodeCall(IMemberSeries.cancelNotice, (ids[0])));
            return;
        }
        uint256 kept = _least(fund.memberTranche(), registry.venueOf(venue).openMemberCaps);
        _try("redeem", address(this), address(_series()), abi.encodeCall(IMemberSeries.redeemNotice, (ids[0])));
        _require(fund.memberTranche() >= kept, "lossConserved", "a member took what open defaults may cost");
    }

    function checkFund() external view {
        uint256 counted = fund.venueTranche() + fund.memberTranche();
        for (uint256 i; i < _closedSeries.length; ++i) {
            counted += fund.assetsOf(_closedSeries[i]);
        }
        assertEq(usdc.balanceOf(address(fund)), counted + donated, "lossConserved: the fund has what it counts");
    }

    function _renew() private {
        address closing = fund.series();
        uint256 open_ = defaults.openDefaults(venue);
        bool ok = _try("newSeries", address(this), address(fund), abi.encodeCall(IDefaultFund.openSeries, ()));
        if (ok) _closedSeries.push(closing);
        _require(!ok || open_ == 0, "lossConserved", "a series closed while a default was open");
    }

    function _series() private view returns (IMemberSeries) {
        return IMemberSeries(fund.series());
    }
}
