// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../../../src/interfaces/ICollateralVault.sol";
import {IDefaultFund} from "../../../src/interfaces/IDefaultFund.sol";
import {IAuctionTaker} from "../../../src/interfaces/ILotTaking.sol";
import {VaultLens} from "../../../src/lens/VaultLens.sol";
import {CampaignToken, ITransferWitness} from "./CampaignToken.sol";

/// @notice Whoever is called back: a hooked token's witness, and a keeper with a callback. It knocks at doors that must be shut then, and
/// asks the lens for what cannot be told then.
contract CampaignProbe is IAuctionTaker, ITransferWitness {
    ICollateralVault private immutable VAULT;
    VaultLens private immutable LENS;
    address[] private _targets;
    bytes[] private _doors;
    uint32 private _venue;
    address private _house;
    /// @notice Doors that were open in a callback, and answers that nobody should have had.
    uint256 public entered;
    uint256 public knocks;

    constructor(ICollateralVault vault, VaultLens lens) {
        (VAULT, LENS) = (vault, lens);
    }

    /// @notice Calls that would all succeed, or quote, if nobody held the lock.
    function plan(address[] calldata targets, bytes[] calldata doors, uint32 venue, address house) external {
        (_targets, _doors, _venue, _house) = (targets, doors, venue, house);
    }

    function approve(CampaignToken token, address spender) external {
        token.approve(spender, type(uint256).max);
    }

    function onTransfer() external {
        // A plain transfer, outside the vault.
        if (VAULT.locked()) _knock(2);
    }

    function onAuctionTake(uint256, address, uint256, uint256, bytes calldata) external {
        _knock(_doors.length);
        if (_isTold()) ++entered;
    }

    function _knock(uint256 most) private {
        ++knocks;
        for (uint256 i; i < most && i < _doors.length; ++i) {
            uint256 door = (knocks + i) % _doors.length;
            (bool ok, bytes memory answer) = _targets[door].call{gas: 100_000}(_doors[door]);
            bytes4 why = bytes4(answer);
            if (ok || (why != ICollateralVault.Locked.selector && why != IDefaultFund.FundLocked.selector)) ++entered;
        }
    }

    /// @dev The lens goes on where the vault will not answer: it must say so, and neither a price nor a need.
    function _isTold() private view returns (bool told) {
        address[] memory asked = new address[](1);
        asked[0] = _house;
        told = LENS.accountViews(asked)[0].needKnown;
        VaultLens.AssetView[] memory assets = LENS.venueView(_venue).assets;
        for (uint256 i; i < assets.length; ++i) {
            told = told || assets[i].price != 0;
        }
    }
}
