// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IDefaultFund} from "../../../src/interfaces/IDefaultFund.sol";
import {IMemberSeries} from "../../../src/interfaces/IMemberSeries.sol";
import {CampaignInvariants} from "./CampaignInvariants.sol";
import {Act, Inv} from "./CampaignKinds.sol";

/// @notice The default funds' members, donors, and whoever strengthens a venue's own tranche.
abstract contract CampaignMembers is CampaignInvariants {
    function _leadFund(uint32 v, uint256 seed) internal {
        uint256 kind = seed % 8;
        if (_series(v).spent() && _renew(v, seed >> 8)) return;
        if (kind < 2) _strengthen(v, seed >> 8);
        else if (kind < 4) _join(v, seed >> 8);
        else if (kind == 4) _donate(v, seed >> 8);
        else _leaveFund(v, seed >> 8);
    }

    function _strengthen(uint32 v, uint256 seed) private {
        uint256 amount = 1 + (seed % (6 * places[v].unit));
        _send(Act.FUND_VENUE_TRANCHE, address(this), address(places[v].fund), abi.encodeCall(IDefaultFund.fundVenueTranche, (amount)));
    }

    function _join(uint32 v, uint256 seed) private {
        uint256 amount = 1 + (seed % (6 * places[v].unit));
        uint256 open_ = defaults.openDefaults(v);
        address series = address(_series(v));
        vm.prank(MEMBER);
        _cash(v).approve(series, type(uint256).max);
        (bool ok, ) = _send(Act.JOIN_FUND, MEMBER, series, abi.encodeCall(IERC4626.deposit, (amount, MEMBER)));
        _require(!ok || open_ == 0, Inv.LOSS_CONSERVED, "a member joined an open default");
    }

    /// @dev Moves nothing that is counted.
    function _donate(uint32 v, uint256 seed) private {
        uint256 amount = 1 + (seed % (300 * places[v].unit));
        uint256 price = _series(v).convertToAssets(WORD);
        _cash(v).mint(places[v].pool, amount);
        _cash(v).mint(address(places[v].fund), amount);
        donatedToFund[v] += amount;
        _require(_series(v).convertToAssets(WORD) == price, Inv.LOSS_CONSERVED, "a donation moved a price");
        _count(Act.DONATE, true);
    }

    function _leaveFund(uint32 v, uint256 seed) private {
        IMemberSeries series = _series(v);
        uint256[] memory ids = series.noticesOf(MEMBER);
        if (ids.length == 0) {
            uint256 shares = series.balanceOf(MEMBER) / (1 + (seed % 3));
            _send(Act.NOTICE_REDEMPTION, MEMBER, address(series), abi.encodeCall(IMemberSeries.noticeRedemption, (shares)));
            return;
        }
        IMemberSeries.Notice memory n = series.notice(ids[0]);
        if (_chance(seed, 3)) {
            bool lapsed = clock > n.closesAt;
            address sender = _chance(seed >> 8, 3) ? STRANGER : MEMBER;
            (bool done, ) = _send(Act.CANCEL_NOTICE, sender, address(series), abi.encodeCall(IMemberSeries.cancelNotice, (ids[0])));
            _require(!done || lapsed || sender == MEMBER, Inv.LOSS_CONSERVED, "a stranger ended a notice");
            return;
        }
        if (n.maturesAt > clock) _pass(n.maturesAt - clock);
        if (clock > n.closesAt) return;
        uint256 keep = _least(places[v].fund.memberTranche(), registry.venueOf(v).openMemberCaps);
        _send(Act.REDEEM_NOTICE, STRANGER, address(series), abi.encodeCall(IMemberSeries.redeemNotice, (ids[0])));
        _require(places[v].fund.memberTranche() >= keep, Inv.LOSS_CONSERVED, "a member took what may be lost");
    }

    function _renew(uint32 v, uint256 seed) private returns (bool ok) {
        address closing = places[v].fund.series();
        uint256 open_ = defaults.openDefaults(v);
        (ok, ) = _send(Act.OPEN_SERIES, STRANGER, address(places[v].fund), abi.encodeCall(IDefaultFund.openSeries, ()));
        if (!ok) return false;
        closedSeries[v].push(closing);
        _require(open_ == 0, Inv.LOSS_CONSERVED, "a series closed in a default");
        _planProbe(v);
        // Only a series with members can be emptied again.
        _join(v, seed);
    }

    function _series(uint32 v) internal view returns (IMemberSeries) {
        return IMemberSeries(places[v].fund.series());
    }
}
