// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICollateralVault} from "../../../src/interfaces/ICollateralVault.sol";

/// @notice A contract that owns an account, and now and then refuses, lies or calls back when it is asked for its signature.
contract CampaignWallet {
    enum Mood {
        HONEST,
        REFUSES,
        LIES,
        CALLS_BACK
    }

    error Refused();

    bytes4 private constant MAGIC = 0x1626ba7e;
    ICollateralVault private immutable VAULT;

    mapping(bytes32 digest => bool) public approved;
    Mood public mood;
    bytes private _view;

    constructor(ICollateralVault vault) {
        VAULT = vault;
    }

    function approve(bytes32 digest) external {
        approved[digest] = true;
    }

    /// @param view_ what it asks the vault when it calls back
    function feel(Mood mood_, bytes calldata view_) external {
        (mood, _view) = (mood_, view_);
    }

    /// @dev When it calls back and is told anything, it says no: then what would have succeeded fails.
    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        if (mood == Mood.REFUSES) revert Refused();
        if (mood == Mood.LIES) return bytes4(uint32(MAGIC) + 1);
        if (mood == Mood.CALLS_BACK && VAULT.locked()) {
            (bool told, ) = address(VAULT).staticcall{gas: 100_000}(_view);
            if (told) return bytes4(0);
        }
        return approved[digest] ? MAGIC : bytes4(0xffffffff);
    }
}
