// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../../../src/interfaces/ICollateralVault.sol";
import {IAuctionTaker} from "../../../src/interfaces/ILotTaking.sol";
import {CampaignToken, ITransferWitness} from "./CampaignToken.sol";

/// @notice Whoever is called back: a hooked token's witness, and a keeper with a callback. It knocks at doors that must be shut then.
contract CampaignProbe is IAuctionTaker, ITransferWitness {
    ICollateralVault private immutable VAULT;
    bytes[] private _doors;
    /// @notice Doors that were open in a callback.
    uint256 public entered;
    uint256 public knocks;

    constructor(ICollateralVault vault) {
        VAULT = vault;
    }

    /// @notice Calls that would all succeed, or quote, if nobody held the lock.
    function plan(bytes[] calldata doors) external {
        _doors = doors;
    }

    function approve(CampaignToken token, address spender) external {
        token.approve(spender, type(uint256).max);
    }

    function onTransfer() external {
        _knock(2);
    }

    function onAuctionTake(uint256, address, uint256, uint256, bytes calldata) external {
        _knock(_doors.length);
    }

    function _knock(uint256 most) private {
        // A plain transfer, outside the vault.
        if (!VAULT.locked()) return;
        ++knocks;
        for (uint256 i; i < most && i < _doors.length; ++i) {
            (bool ok, bytes memory answer) = address(VAULT).call{gas: 60_000}(_doors[(knocks + i) % _doors.length]);
            if (ok || bytes4(answer) != ICollateralVault.Locked.selector) ++entered;
        }
    }
}
