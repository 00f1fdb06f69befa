// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Who is told that a transfer is under way.
interface ITransferWitness {
    function onTransfer() external;
}

/// @notice One token of the campaign. It can be made to refuse, to answer false, to keep a share, to call back, or to serve some addresses no more.
contract CampaignToken {
    enum Manner {
        SERVE,
        REFUSE,
        ANSWER_FALSE,
        CHARGE
    }

    error Refused();

    uint8 public immutable decimals;
    /// @dev USDT's shape: transfers return nothing.
    bool private immutable SILENT;

    mapping(address who => uint256) public balanceOf;
    mapping(address who => mapping(address spender => uint256)) public allowance;
    mapping(address who => bool) public refused;
    Manner public manner;
    /// @dev Called in the middle of every transfer; zero: nobody.
    address public witness;

    constructor(uint8 decimals_, bool silent) {
        (decimals, SILENT) = (decimals_, silent);
    }

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function behave(Manner manner_) external {
        manner = manner_;
    }

    function refuse(address who, bool yes) external {
        refused[who] = yes;
    }

    function watch(address witness_) external {
        witness = witness_;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
        _answer(true);
    }

    function transfer(address to, uint256 amount) external {
        _answer(_move(msg.sender, to, amount));
    }

    function transferFrom(address from, address to, uint256 amount) external {
        if (allowance[from][msg.sender] != type(uint256).max) allowance[from][msg.sender] -= amount;
        _answer(_move(from, to, amount));
    }

    function balancesOf(address[] calldata who) external view returns (uint256[] memory held) {
        held = new uint256[](who.length);
        // Read before and after every transaction of the campaign, so worth its brevity.
        assembly ("memory-safe") {
            let to := add(held, 0x20)
            for {
                let i := 0
            } lt(i, who.length) {
                i := add(i, 1)
            } {
                mstore(0x00, calldataload(add(who.offset, shl(5, i))))
                mstore(0x20, balanceOf.slot)
                mstore(add(to, shl(5, i)), sload(keccak256(0x00, 0x40)))
            }
        }
    }

    /// @notice Whether a transfer between the two would now move exactly what is asked.
    function serves(address from, address to) external view returns (bool) {
        return manner == Manner.SERVE && !refused[from] && !refused[to];
    }

    function _move(address from, address to, uint256 amount) private returns (bool) {
        if (manner == Manner.REFUSE || refused[from] || refused[to]) revert Refused();
        if (manner == Manner.ANSWER_FALSE) {
            if (SILENT) revert Refused();
            return false;
        }
        balanceOf[from] -= amount;
        balanceOf[to] += manner == Manner.CHARGE ? amount - amount / 100 - (amount == 0 ? 0 : 1) : amount;
        if (witness != address(0)) ITransferWitness(witness).onTransfer();
        return true;
    }

    function _answer(bool yes) private view {
        if (SILENT) return;
        assembly ("memory-safe") {
            mstore(0, yes)
            return(0, 0x20)
        }
    }
}
