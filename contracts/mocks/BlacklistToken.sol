// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {TestToken} from "./TestToken.sol";

/// @title A test token whose issuer can refuse an address, as issuers of real stablecoins can
contract BlacklistToken is TestToken, Ownable {
    /// @notice Addresses that neither send nor receive.
    mapping(address account => bool) public isBlacklisted;

    error Blacklisted(address account);

    constructor(string memory name_, string memory symbol_, uint8 decimals_) TestToken(name_, symbol_, decimals_) Ownable(msg.sender) {}

    function setBlacklisted(address account, bool refused) external onlyOwner {
        isBlacklisted[account] = refused;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (isBlacklisted[from]) revert Blacklisted(from);
        if (isBlacklisted[to]) revert Blacklisted(to);
        super._update(from, to, amount);
    }
}
