// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDefaultFund} from "../../src/interfaces/IDefaultFund.sol";
import {IFundCore} from "../../src/interfaces/IFundCore.sol";

/// @notice A core that says what the test wants it to, and holds its lock whenever it calls the fund.
contract FundCoreStub is IFundCore {
    bool public locked;
    uint256 private _defaults;
    uint256 private _caps;
    uint256 private _notice = 7 days;
    bool private _failed;

    function setLocked(bool locked_) external {
        locked = locked_;
    }

    function setOpen(uint256 defaults, uint256 caps) external {
        (_defaults, _caps) = (defaults, caps);
    }

    function setNotice(uint256 notice) external {
        _notice = notice;
    }

    function setFailed(bool failed) external {
        _failed = failed;
    }

    function absorb(IDefaultFund fund, uint256 amount, uint256 cap, address to) external returns (uint256, uint256) {
        locked = true;
        (uint256 fromVenue, uint256 fromMembers) = fund.absorb(amount, cap, to);
        locked = false;
        return (fromVenue, fromMembers);
    }

    /// @notice What `absorb` takes, the call included.
    function gasOfAbsorb(IDefaultFund fund, uint256 amount, uint256 cap, address to) external returns (uint256 used) {
        used = gasleft();
        fund.absorb(amount, cap, to);
        used -= gasleft();
    }

    function payFromVenueTranche(IDefaultFund fund, uint256 amount, address to) external returns (uint256 paid) {
        locked = true;
        paid = fund.payFromVenueTranche(amount, to);
        locked = false;
    }

    function addPenalty(IDefaultFund fund, uint256 amount) external {
        locked = true;
        fund.addPenalty(amount);
        locked = false;
    }

    function openDefaults(uint32) external view returns (uint256) {
        return _defaults;
    }

    function openMemberCaps(uint32) external view returns (uint256) {
        return _caps;
    }

    function fundNotice(uint32) external view returns (uint256) {
        return _notice;
    }

    function venueFailed(uint32) external view returns (bool) {
        return _failed;
    }
}
