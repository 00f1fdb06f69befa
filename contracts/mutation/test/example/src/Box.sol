// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Something of every form that a mutant takes. Naïve, so that bytes and characters differ.
contract Box {
    error NotTheOwner();
    error TooMuch();

    uint256 internal constant MOST = 100;
    address public immutable OWNER;
    uint256 public held;
    uint256 public unwatched;

    modifier onlyOwner() {
        if (msg.sender != OWNER) revert NotTheOwner();
        _;
    }

    constructor(address owner) {
        OWNER = owner;
    }

    function put(uint256 amount) external onlyOwner {
        if (amount > MOST) revert TooMuch();
        held += amount;
    }

    function forget() external {
        unwatched = 7;
    }

    function mixed(uint256 a, uint256 b) external pure returns (uint256 sum) {
        assembly ("memory-safe") {
            sum := add(mul(a, 3), b)
        }
        for (uint256 i; i < 2; ++i) sum += less(a, b);
    }

    function scaled(uint8 places, uint256 amount) external pure returns (uint256) {
        return amount / 10 ** places + (1 << (places + 250)) + 200 * uint256(places);
    }

    function raised(uint8 base, uint256 exponent) external pure returns (uint256) {
        return base ** exponent;
    }

    function less(uint256 a, uint256 b) internal pure returns (uint256) {
        return a > b ? a - b : 0;
    }
}
