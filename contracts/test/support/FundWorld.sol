// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMemberSeries} from "../../src/interfaces/IMemberSeries.sol";
import {FundScenario} from "./FundScenario.sol";

/// @notice Members, penalties, defaults and time, in any order, and what is remembered of every step for the invariants.
abstract contract FundWorld is FundScenario {
    uint256 private constant MEMBERS = 4;

    IMemberSeries[] internal all;
    uint256 internal received;
    uint256 internal donated;
    uint256 internal defaults;
    uint256 internal caps;
    uint256[] private _caps;
    mapping(string name => string) public broken;
    mapping(string action => uint256) public done;

    function setUp() public virtual override {
        // The runner may call this at any time: the world is made once.
        if (all.length != 0) return;
        super.setUp();
        all.push(series);
    }

    /// @dev The runner keeps no time between steps: the world does.
    modifier step() {
        vm.warp(clock);
        _;
    }

    /// @dev Coming and going costs those who stay nothing.
    modifier fair(string memory action) {
        uint256 before = series.totalSupply() == 0 ? 0 : series.convertToAssets(1e18);
        _;
        if (series.totalSupply() == 0) return;
        if (series.convertToAssets(1e18) < before) broken["priceNeverFalls"] = action;
    }

    function comeIn(uint256 who, uint256 assets) external step fair("join") {
        assets = bound(assets, 1, who % 3 == 0 ? 1e3 : 1e12);
        if (assets > series.maxDeposit(_member(who)) || series.previewDeposit(assets) == 0) return;
        join(_member(who), assets);
        received += assets;
        ++done["join"];
    }

    function strengthenVenue(uint256 assets) external step {
        assets = bound(assets, 0, 1e10);
        strengthen(assets);
        received += assets;
    }

    function donate(uint256 assets) external step fair("donate") {
        assets = bound(assets, 0, 1e12);
        usdc.mint(address(fund), assets);
        donated += assets;
    }

    function giveNotice(uint256 who, uint256 part) external step fair("notice") {
        uint256 held = series.balanceOf(_member(who));
        if (held == 0 || series.noticesOf(_member(who)).length == 16) return;
        notify(_member(who), part % 3 == 0 ? held : bound(part, 1, held));
        ++done["notice"];
    }

    function cancel(uint256 who, uint256 which) external step fair("cancel") {
        uint256[] memory ids = series.noticesOf(_member(who));
        if (ids.length == 0 || which % 4 != 0) return;
        vm.prank(_member(who));
        series.cancelNotice(ids[which % ids.length]);
        ++done["cancel"];
    }

    function redeemOne(uint256 who, uint256 which) external step fair("redeemNotice") {
        uint256[] memory ids = series.noticesOf(_member(who));
        if (ids.length == 0) return;
        uint256 id = ids[which % ids.length];
        IMemberSeries.Notice memory n = series.notice(id);
        if (clock > n.closesAt) {
            series.cancelNotice(id);
            ++done["lapse"];
            return;
        }
        // Members and keepers look at the clock.
        if (clock < n.maturesAt && which % 4 != 0) return;
        uint256 before = fund.memberTranche();
        uint256 promised = series.redeemable(id);
        try series.redeemNotice(id) {
            _watchExit("redeemNotice", before);
            if (promised != 0 && defaults != 0) ++done["part"];
            ++done["redeem"];
        } catch {
            if (promised != 0) broken["truthful"] = "redeemNotice";
        }
    }

    function withdraw(uint256 who) external step fair("withdraw") {
        uint256 most = series.maxWithdraw(_member(who));
        if (most == 0) return;
        uint256 before = fund.memberTranche();
        vm.prank(_member(who));
        try series.withdraw(most, _member(who), _member(who)) {
            _watchExit("withdraw", before);
            ++done["withdraw"];
        } catch {
            broken["truthful"] = "withdraw";
        }
    }

    function addPenalty(uint256 amount) external step fair("penalty") {
        amount = bound(amount, 0, amount % 2 == 0 ? 1e9 : 10);
        penalty(amount);
        received += amount;
        ++done["penalty"];
    }

    function open(uint256 cap) external step {
        if (defaults == 3) return;
        cap = cap % 8 == 0 ? 0 : bound(cap, 0, (fund.memberTranche() * 3) / 4 + 1);
        if (cap % 4 == 1) cap = fund.memberTranche() * 2;
        _caps.push(cap);
        ++defaults;
        caps += cap;
        core.setOpen(defaults, caps);
        ++done["default"];
    }

    function resolve(uint256 which, uint256 loss) external step {
        if (defaults == 0) return;
        which %= defaults;
        uint256 cap = _caps[which];
        _caps[which] = _caps[defaults - 1];
        _caps.pop();
        loss = loss % 3 == 0 ? fund.venueTranche() + cap : bound(loss, 0, fund.venueTranche() + cap + 1e6);
        uint256 own = fund.venueTranche();
        uint256 members = fund.memberTranche();
        uint256 pool = usdc.balanceOf(POOL);
        (uint256 fromVenue, uint256 fromMembers) = core.absorb(fund, loss, cap, POOL);
        --defaults;
        caps -= cap;
        core.setOpen(defaults, caps);
        uint256 rest = loss - fromVenue;
        bool right = fromVenue == (loss < own ? loss : own) && fromMembers == _least(rest, cap, members);
        right = right && usdc.balanceOf(POOL) == pool + fromVenue + fromMembers;
        if (!right) broken["lossConserved"] = "absorb";
        if (fromMembers != 0) ++done["membersPaid"];
        ++done["resolve"];
    }

    /// @notice All members leave together, while no default is open.
    function leave() external step {
        if (defaults != 0) return;
        for (uint256 i; i < MEMBERS; ++i) {
            uint256[] memory ids = series.noticesOf(_member(i));
            for (uint256 k; k < ids.length; ++k) {
                vm.prank(_member(i));
                series.cancelNotice(ids[k]);
            }
            if (series.balanceOf(_member(i)) != 0) notifyAll(_member(i));
        }
        advance(NOTICE);
        uint256 before = fund.memberTranche();
        for (uint256 i; i < MEMBERS; ++i) {
            uint256[] memory ids = series.noticesOf(_member(i));
            if (ids.length != 0) series.redeemNotice(ids[0]);
        }
        _watchExit("leave", before);
    }

    /// @notice Waits until a notice matures.
    function wait(uint256 who, uint256 which) external step fair("wait") {
        uint256[] memory ids = series.noticesOf(_member(who));
        if (ids.length == 0) return;
        uint256 maturesAt = series.notice(ids[which % ids.length]).maturesAt;
        if (clock < maturesAt) advance(maturesAt - clock);
    }

    function pass(uint256 time) external step {
        advance(bound(time, 0, time % 4 != 0 ? 6 hours : 8 days));
    }

    function roll() external step {
        if (!series.spent()) return;
        try fund.openSeries() returns (address opened) {
            series = IMemberSeries(opened);
            all.push(series);
            ++done["series"];
        } catch {
            if (defaults == 0 && caps == 0) broken["truthful"] = "openSeries";
        }
    }

    // -- what holds after every step ---------------------------------------------------------------------------------------

    function checkCounted() external view {
        uint256 counted = fund.venueTranche() + fund.memberTranche();
        for (uint256 i; i + 1 < all.length; ++i) counted += all[i].totalAssets();
        assertEq(usdc.balanceOf(address(fund)), counted + donated, "the fund has what it counts");
        uint256 out = usdc.balanceOf(POOL);
        for (uint256 i; i < MEMBERS; ++i) out += usdc.balanceOf(_member(i));
        assertEq(counted + out, received, "what came in is here or has been paid");
    }

    function checkShares() external view {
        uint256 shares = series.balanceOf(address(series));
        uint256 promised;
        uint256 custody;
        for (uint256 i; i < MEMBERS; ++i) {
            uint256[] memory ids = series.noticesOf(_member(i));
            for (uint256 k; k < ids.length; ++k) custody += series.notice(ids[k]).shares;
            shares += series.balanceOf(_member(i));
            promised += series.convertToAssets(series.balanceOf(_member(i)));
        }
        promised += series.convertToAssets(custody);
        assertEq(custody, series.balanceOf(address(series)), "what is in custody is under notice");
        assertEq(shares, series.totalSupply(), "no other shares");
        assertLe(promised, series.totalAssets(), "all members together get what is there");
        assertEq(series.totalAssets() + fund.unreleased(), fund.memberTranche(), "released or not");
        if (shares == 0) assertEq(fund.memberTranche(), 0, "nothing without a member");
    }

    function check(string calldata name) external view {
        assertTrue(bytes(broken[name]).length == 0, string.concat(name, " was broken by ", broken[name]));
    }

    function _watchExit(string memory action, uint256 before) private {
        uint256 needed = before < caps ? before : caps;
        if (fund.memberTranche() < needed) broken["capsStay"] = action;
        if (before != 0 && series.totalSupply() == 0) ++done["emptied"];
    }

    function _least(uint256 a, uint256 b, uint256 c) private pure returns (uint256) {
        uint256 least = a < b ? a : b;
        return least < c ? least : c;
    }

    function _member(uint256 who) internal pure returns (address) {
        return address(uint160(0x3E3BE4000 + (who % MEMBERS)));
    }
}
