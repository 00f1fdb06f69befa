// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A plain token with chosen decimals that anyone mints.
contract TestToken is ERC20 {
    uint8 private immutable DECIMALS;

    constructor(string memory symbol_, uint8 decimals_) ERC20(symbol_, symbol_) {
        DECIMALS = decimals_;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function decimals() public view override returns (uint8) {
        return DECIMALS;
    }
}

/// @notice USDT's shape: transfers return nothing, and the issuer can refuse to serve an address.
contract NoReturnToken {
    error Refused(address who);

    uint8 public immutable decimals;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    mapping(address => bool) public refused;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function refuse(address who, bool yes) external {
        refused[who] = yes;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private {
        if (refused[from]) revert Refused(from);
        if (refused[to]) revert Refused(to);
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice A token that keeps a share of every transfer.
contract FeeToken is TestToken {
    uint256 public feeBps;

    constructor(uint8 decimals_, uint256 feeBps_) TestToken("FEE", decimals_) {
        feeBps = feeBps_;
    }

    function setFee(uint256 feeBps_) external {
        feeBps = feeBps_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 fee = from == address(0) || to == address(0) ? 0 : (amount * feeBps) / 10_000;
        if (fee != 0) super._update(from, address(0), fee);
        super._update(from, to, amount - fee);
    }
}

/// @notice A token whose transfers cost much gas.
contract DearToken is TestToken {
    uint256 private immutable COST;

    constructor(uint8 decimals_, uint256 cost) TestToken("DEAR", decimals_) {
        COST = cost;
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 enough = gasleft() - COST;
        while (gasleft() > enough) {}
        super._update(from, to, amount);
    }
}

/// @notice A token that answers false instead of reverting.
contract FalseToken is TestToken {
    constructor() TestToken("FALSE", 6) {}

    function transfer(address, uint256) public pure override returns (bool) {
        return false;
    }
}

/// @notice A token that calls somebody in the middle of every transfer, as ERC-777 did.
contract HookToken is TestToken {
    address public target;
    bytes public payload;
    bool public swallow;
    bool public called;
    bool public succeeded;
    bytes public answer;

    constructor(uint8 decimals_) TestToken("HOOK", decimals_) {}

    /// @param swallow_ whether the transfer goes on when the call back fails
    function arm(address target_, bytes calldata payload_, bool swallow_) external {
        (target, payload, swallow) = (target_, payload_, swallow_);
        (called, succeeded) = (false, false);
        delete answer;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        address callee = target;
        if (callee == address(0) || from == address(0)) return;
        target = address(0);
        called = true;
        (succeeded, answer) = callee.call(payload);
        if (!succeeded && !swallow) {
            bytes memory reason = answer;
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
    }
}

/// @notice A token whose transfers revert with a very long answer while it is armed.
contract BombToken is TestToken {
    uint256 public bombBytes;

    constructor(uint8 decimals_) TestToken("BOMB", decimals_) {}

    function arm(uint256 bombBytes_) external {
        bombBytes = bombBytes_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 length = bombBytes;
        if (length != 0 && from != address(0)) {
            assembly ("memory-safe") {
                revert(0, length)
            }
        }
        super._update(from, to, amount);
    }
}
