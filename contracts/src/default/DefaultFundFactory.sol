// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IFundCore} from "../interfaces/IFundCore.sol";
import {DefaultFund} from "./DefaultFund.sol";

/// @title Makes one default fund per venue
/// @dev A contract of its own so that the registry's bytecode need not carry the fund's.
contract DefaultFundFactory {
    error OnlyTheVault(address caller);

    IFundCore private immutable VAULT;

    constructor(address vault) {
        VAULT = IFundCore(vault);
    }

    /// @notice Creates the fund of a new venue. Reserved to the vault.
    function create(uint32 venue, address asset) external returns (address) {
        if (msg.sender != address(VAULT)) revert OnlyTheVault(msg.sender);
        return address(new DefaultFund(VAULT, venue, IERC20(asset)));
    }
}
